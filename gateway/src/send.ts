import type { Agent, IncomingMessage, ServerResponse } from 'node:http';
import { type Choice, chooseReplica } from './balancer.ts';
import type { Passage } from './circuit.ts';
import { UpstreamFault } from './faults.ts';
import { forward, type Outgoing } from './forward.ts';
import type { Limits } from './limits.ts';
import type { RetryReason } from './metrics.ts';
import type { Replica } from './replicas.ts';
import type { RetryBudget } from './retry-budget.ts';

/** An answer whose head is here, and the visit to a replica that ends with its body. */
export interface Delivery {
  answer: IncomingMessage;
  visit: Visit;
}

/** A request's time at a replica. Ends once, by one of the passage's ends. */
export type Visit = Pick<Passage, 'ended' | 'failed' | 'left'>;

/** What a request is sent with. */
export interface Sender {
  port: number;
  pool: Agent;
  replicas: () => readonly Replica[];
  budget: RetryBudget;
  limits: Limits;
  /** A number that grows with each request. */
  nextTurn: () => number;
  onRetry: (reason: RetryReason) => void;
}

/** No address may be asked now: each circuit is open, or the name was never resolved. */
export class NoReplica extends Error {}

const mostRetries = 2;
// With less left than this, another attempt would only turn a 503 into a 504.
const leastMs = 50;

/**
 * Sends a request to a replica. GET and HEAD are repeated: once on a connection of its own when a kept-alive one
 * turned out to be closed, and at other addresses within the retry budget. All attempts share `headMs`.
 * @throws UpstreamFault, ClientGone, NoReplica
 */
export async function send(res: ServerResponse, outgoing: Outgoing, sender: Sender): Promise<Delivery> {
  const { replicas, budget, limits, nextTurn, onRetry } = sender;
  const deadline = performance.now() + limits.headMs;
  const isRepeatable = outgoing.method === 'GET' || outgoing.method === 'HEAD';
  const tried = new Set<Replica>();
  const turn = nextTurn();
  const choose = () => chooseReplica(replicas(), tried, isRepeatable, turn);
  budget.deposit();
  let choice = choose();
  if (!choice) throw new NoReplica('no address may be asked');
  let agent: Agent | undefined = sender.pool;
  for (;;) {
    try {
      return await visitReplica(res, outgoing, choice, {
        ...sender,
        agent,
        headMs: deadline - performance.now(),
      });
    } catch (error) {
      if (!(error instanceof UpstreamFault) || !isRepeatable) throw error;
      if (deadline - performance.now() < leastMs) throw error;
      const isStale = error.kind === 'stale' && agent !== undefined;
      // Both have bounds of their own: a connection of its own cannot be stale, and probes come after a rest.
      const isOutsideBudget = isStale || choice.isProbe;
      if (!isStale) tried.add(choice.replica);
      const next: Choice | undefined = tried.size > mostRetries ? undefined : choose();
      if (!next || !(isOutsideBudget || budget.withdraw())) throw error;
      choice = next;
      agent = undefined;
      onRetry(isStale ? 'stale' : 'fault');
    }
  }
}

async function visitReplica(
  res: ServerResponse,
  outgoing: Outgoing,
  { replica, isProbe, hasOthers }: Choice,
  { port, limits, agent, headMs }: Sender & { agent: Agent | undefined; headMs: number },
): Promise<Delivery> {
  const { address, circuit } = replica;
  const passage = circuit.enter();
  replica.inFlight += 1;
  const leaving = (end: () => void) => (): void => {
    replica.inFlight -= 1;
    end();
  };
  const visit: Visit = {
    ended: leaving(passage.ended),
    failed: leaving(passage.failed),
    left: leaving(passage.left),
  };
  try {
    const patience = isProbe && hasOthers ? Math.min(headMs, limits.probeMs) : headMs;
    const attempt = { address, port, agent, connectMs: limits.connectMs, headMs: patience };
    const answer = await forward(res, outgoing, attempt);
    passage.answered();
    return { answer, visit };
  } catch (error) {
    // A stale connection is how an idle one ends, and a client that leaves says nothing of the replica.
    if (error instanceof UpstreamFault && error.kind !== 'stale') visit.failed();
    else visit.left();
    throw error;
  }
}
