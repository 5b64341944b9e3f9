import { type Choice, chooseReplica } from './balancer.ts';
import type { Passage } from './circuit.ts';
import { NoReplica, Outrun, ReplicaFault } from './fault.ts';
import type { Replica } from './replicas.ts';
import type { RetryBudget } from './retry-budget.ts';

/** One try of a request at one replica, under way. */
export interface Attempt<A> {
  /** Rejects with a ReplicaFault where the replica is to blame. */
  answer: Promise<A>;
  /** Ends it: `answer` rejects with `error`; where it is there already, it is of no use any more. */
  end(error: Error): void;
}

/** What is sent. */
export interface Order<A> {
  /** It may be sent more than once, and to several replicas at a time. */
  isRepeatable: boolean;
  /** For the answer, all attempts together. */
  withinMs: number;
  /** Sends it. `isFresh`: on a connection of its own, which cannot be stale. */
  attempt(address: string, options: { isFresh: boolean; withinMs: number }): Attempt<A>;
}

/** An answer, and the visit to a replica that ends with its body. */
export interface Delivery<A> {
  answer: A;
  visit: Visit;
}

/** A request's time at a replica. Ends once, by one of these. */
export type Visit = Omit<Passage, 'answered'>;

/** Why a request was sent again: its connection was stale, its replica failed, or said nothing for too long. */
export type RetryReason = 'stale' | 'fault' | 'silence';

/** Where and by which rules it is sent. */
export interface Sender {
  replicas: () => readonly Replica[];
  budget: RetryBudget;
  /** A number that grows with each request. */
  nextTurn: () => number;
  onRetry: (reason: RetryReason) => void;
}

const mostRetries = 2;
// With less left than this, another attempt would only turn a failure into a late one.
const leastMs = 50;

/**
 * Sends a request to a replica. One that is repeatable is sent again: once on a connection of its own when a
 * kept-alive one turned out to be closed, elsewhere when its replica failed, and elsewhere besides when its replica
 * is silent; then the first answer counts.
 * @throws NoReplica, the ReplicaFault of the last attempt, or what else an attempt rejected with
 */
export function send<A>(
  order: Order<A>,
  { replicas, budget, nextTurn, onRetry }: Sender,
): Promise<Delivery<A>> {
  const { promise, resolve, reject } = Promise.withResolvers<Delivery<A>>();
  const deadline = performance.now() + order.withinMs;
  const turn = nextTurn();
  let tried: Replica[] = [];
  let underWay: Attempt<A>[] = [];
  let isOver = false;

  const choose = () => chooseReplica(replicas(), tried, order.isRepeatable, turn);
  const end = (outrun: Outrun): void => {
    isOver = true;
    for (const attempt of underWay) attempt.end(outrun);
  };
  /** @param isFree outside the budget, since it has bounds of its own */
  const again = (reason: RetryReason, isFree: boolean): boolean => {
    const isLate = deadline - performance.now() < leastMs;
    if (isOver || !order.isRepeatable || isLate || tried.length > mostRetries) return false;
    const next = choose();
    if (!next || !(isFree || budget.withdraw())) return false;
    onRetry(reason);
    begin(next, true);
    return true;
  };
  const onFault = (error: ReplicaFault, { replica, isProbe }: Choice): void => {
    const isStale = error.kind === 'stale';
    if (isStale) tried = tried.filter((other) => other !== replica);
    // a connection of its own cannot be stale, probes come after a rest, and who is gone did no work
    const isFree = isStale || isProbe || error.kind === 'gone';
    if (again(isStale ? 'stale' : 'fault', isFree) || underWay.length > 0) return;
    reject(error);
  };
  const begin = (choice: Choice, isFresh: boolean): void => {
    const { replica, isProbe } = choice;
    tried.push(replica);
    const begun = performance.now();
    const visit = new VisitTo(replica);
    const attempt = order.attempt(replica.address, { isFresh, withinMs: deadline - performance.now() });
    underWay.push(attempt);
    const wait = replica.presence.wait({
      onSilent: () => again('silence', isProbe),
      onGone: () => attempt.end(new ReplicaFault('gone', `nobody is at ${replica.address} any more`)),
    });
    const leave = (): void => {
      underWay = underWay.filter((other) => other !== attempt);
    };
    const onAnswer = (answer: A): void => {
      leave();
      wait.answered();
      if (isOver) {
        visit.left();
        return;
      }
      visit.answered();
      end(new Outrun(performance.now() - begun));
      resolve({ answer, visit });
    };
    const onError = (error: unknown): void => {
      leave();
      visit[endOf(error, wait.left(), performance.now() - begun, replica.isLast())]();
      if (isOver) return;
      if (error instanceof ReplicaFault) {
        onFault(error, choice);
        return;
      }
      end(new Outrun());
      reject(error);
    };
    attempt.answer.then(onAnswer, onError);
  };

  budget.deposit();
  const first = choose();
  if (first) begin(first, first.isProbe);
  else reject(new NoReplica('no address may be asked'));
  return promise;
}

/** What an attempt without an answer says of its replica. */
function endOf(error: unknown, wasSilent: boolean, hadMs: number, isLast: boolean): keyof Visit {
  // who had less time than the other took may only have been asked later
  if (error instanceof Outrun) return wasSilent && hadMs >= error.tookMs ? 'failed' : 'left';
  if (!(error instanceof ReplicaFault)) return 'left'; // a client that leaves says nothing of the replica
  if (error.kind === 'stale') return 'left'; // how an idle connection ends
  return error.kind === 'gone' && !isLast ? 'lost' : 'failed';
}

/** Counts as in flight until it ends. */
class VisitTo implements Passage {
  readonly #replica: Replica;
  readonly #passage: Passage;
  constructor(replica: Replica) {
    this.#replica = replica;
    this.#passage = replica.circuit.enter();
    replica.inFlight += 1;
  }
  answered(): void {
    this.#passage.answered();
  }
  ended(): void {
    this.#leave().ended();
  }
  failed(): void {
    this.#leave().failed();
  }
  lost(): void {
    this.#leave().lost();
  }
  left(): void {
    this.#leave().left();
  }
  #leave(): Passage {
    this.#replica.inFlight -= 1;
    return this.#passage;
  }
}
