import type { Deployment, PartName, Topology } from '../../environments/environment.ts';
import type { Journal } from '../journal.ts';
import type { Fault, Order } from '../messages.ts';
import { Refused } from '../reply.ts';
import { isInProcess, startInProcess, stopInProcess } from './in-process.ts';
import { sameFault, sayFault } from './offers.ts';

/** A fault that lasts, with what ends it. */
interface Active extends Fault {
  end: () => Promise<void>;
}

/** Causes faults and ends them. Orders are carried out one after the other, in the order in which they came. */
export interface Breaker {
  /** @throws Refused 409 when the component cannot take this fault now */
  cause(order: Order): Promise<void>;
  /** Ends one fault; without effect when it does not last any more. */
  end(order: Order): Promise<void>;
  /** Ends all; what cannot be ended is in the log, and the rest is ended all the same. */
  endAll(): Promise<void>;
  /** The faults that a component has now. */
  faultsOf(topology: Topology, part: PartName): Fault[];
}

/** @param onChange called whenever a fault began or ended */
export function createBreaker(
  deployments: ReadonlyMap<Topology, Deployment>,
  journal: Journal,
  onChange: () => void,
): Breaker {
  const active = new Map<string, Active[]>();
  let queue: Promise<unknown> = Promise.resolve();
  const keyOf = ({ topology, part }: Pick<Order, 'topology' | 'part'>) => `${topology}/${part}`;
  const of = (order: Pick<Order, 'topology' | 'part'>): Active[] => active.get(keyOf(order)) ?? [];

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const result = queue.then(work).finally(onChange);
    queue = result.catch(() => undefined); // whoever gave the order is told
    return result;
  };

  async function cause(order: Order): Promise<void> {
    const before = of(order);
    if (before.some((one) => sameFault(one, order))) return;
    refuseOnTop(order, before);
    const { topology, part, fault, module } = order;
    const end = await begin(deploymentOf(topology), order);
    // nothing of what was wrong inside a process is left when it is gone
    const kept = fault === 'kill' ? [] : before;
    active.set(keyOf(order), [...kept, { fault, ...(module ? { module } : {}), end }]);
    journal.note({ kind: 'fault', topology, text: sayFault(part, order) });
  }

  async function end(order: Order): Promise<void> {
    const { topology, part } = order;
    const found = of(order).find((one) => sameFault(one, order));
    if (!found) return;
    const rest = of(order).filter((one) => one !== found);
    await found.end();
    // a process undoes all of its own faults at once
    if (isInProcess(found)) {
      for (const one of rest) if (isInProcess(one)) await startInProcess(deploymentOf(topology), part, one);
    }
    active.set(keyOf(order), rest);
    journal.note({ kind: 'undo', topology, text: `undone: ${sayFault(part, found)}` });
  }

  async function endAll(): Promise<void> {
    const orders = [...active.entries()].flatMap(([key, faults]) => faults.map((fault) => ({ key, fault })));
    const ended = await Promise.allSettled(orders.map(({ fault }) => fault.end()));
    active.clear();
    ended.forEach((result, index) => {
      if (result.status === 'fulfilled') return;
      journal.note({ kind: 'note', text: `${orders[index]?.key}: ${String(result.reason)}` });
    });
    if (orders.length > 0) journal.note({ kind: 'undo', text: 'everything undone' });
  }

  function deploymentOf(topology: Topology): Deployment {
    const deployment = deployments.get(topology);
    if (!deployment) throw new Refused(404, `${topology} is not up.`);
    return deployment;
  }

  return {
    cause: (order) => inTurn(() => cause(order)),
    end: (order) => inTurn(() => end(order)),
    endAll: () => inTurn(endAll),
    faultsOf: (topology, part) => of({ topology, part }).map(({ end: _, ...fault }) => fault),
  };
}

/** A process that is gone or hung cannot be given another fault, except that one that hangs can be killed. */
function refuseOnTop({ part, fault }: Order, before: readonly Fault[]): void {
  if (before.some((one) => one.fault === 'kill')) throw new Refused(409, `${part} is not running.`);
  if (fault !== 'kill' && before.some((one) => one.fault === 'hang'))
    throw new Refused(409, `${part} hangs: undo that first.`);
}

/** Begins a fault and gives what ends it. */
async function begin(deployment: Deployment, { part, fault, module }: Order): Promise<() => Promise<void>> {
  if (fault === 'kill') {
    await deployment.kill(part);
    return () => deployment.restore(part);
  }
  if (fault === 'hang') {
    await deployment.pause(part);
    return () => deployment.resume(part);
  }
  if (fault === 'lock') {
    if (!module) throw new Refused(400, 'A lock needs a module.');
    return deployment.lock(module);
  }
  await startInProcess(deployment, part, { fault, ...(module ? { module } : {}) });
  return () => stopInProcess(deployment, part);
}
