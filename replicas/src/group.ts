import type { Resolve } from './addresses.ts';
import type { Limits } from './limits.ts';
import { createReplicas, type Replicas, type ReplicasListener } from './replicas.ts';
import { createRetryBudget } from './retry-budget.ts';
import { type Delivery, type Order, type RetryReason, send } from './send.ts';

/** The replicas behind one name, looked up again and again, and what sends requests to them. */
export interface Group extends Replicas {
  /** See `send`. */
  send<A>(order: Order<A>): Promise<Delivery<A>>;
  /** Ends the look-ups. */
  close(): void;
}

/** What whoever made a group is told. */
export interface GroupListener extends ReplicasListener {
  onRetry(reason: RetryReason): void;
}

/** A group of the replicas at one port; see `createReplicas`. */
export function createGroup(
  target: { hostname: string; port: number },
  limits: Limits,
  resolve: Resolve,
  listener: GroupListener,
): Group {
  const replicas = createReplicas(target, limits, resolve, listener);
  const budget = createRetryBudget(limits.retries);
  let turn = 0;
  const sender = {
    replicas: replicas.list,
    budget,
    nextTurn: () => turn++,
    onRetry: (reason: RetryReason) => listener.onRetry(reason),
  };
  const lookUps = setInterval(replicas.refresh, limits.resolveMs).unref();
  return {
    ...replicas,
    send: (order) => send(order, sender),
    close: () => clearInterval(lookUps),
  };
}
