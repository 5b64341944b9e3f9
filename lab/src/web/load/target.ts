import { Agent } from 'node:http';
import { readAnswer } from '@cleave/load/answer';
import { findTargets } from '@cleave/load/targets';
import type { Topology } from '../../environments/environment.ts';
import { type Plan, planOf } from '../../generator/preview-plan.ts';
import type { TopologySecond } from '../messages.ts';
import { send } from './send.ts';
import { Tally } from './tally.ts';

/** Posts made beforehand for the load to delete: one of the requests in 33 deletes. */
const PLANNED_REQUESTS = 3_000;
/** 2 s of the highest rate: what a system that hangs leaves waiting. Beyond that, requests are dropped. */
const MOST_WAITING = 1_000;
const SEED = 1;

/** One topology under load. */
export interface Target {
  /** Learns which ids there are; once is enough. @throws Error when the topology does not answer as it should */
  prepare(): Promise<void>;
  /** Sends the next request of the mix and counts its outcome when it has ended. */
  next(): void;
  /** What has ended since the last time. */
  take(): TopologySecond;
  close(): void;
}

export function createTarget(topology: Topology, baseUrl: string): Target {
  const agent = new Agent({ keepAlive: true });
  const tally = new Tally();
  let learning: Promise<Plan> | undefined;
  let plan: Plan | undefined;
  let waiting = 0;
  let dropped = 0;

  async function ask(from: Plan): Promise<void> {
    const planned = from.next();
    const started = performance.now();
    const { status, body } = await send(baseUrl, agent, planned);
    const { expected, wrong, degraded, createdPost } = readAnswer(planned.route, status, body);
    if (createdPost !== undefined) from.own.push(createdPost);
    const durationMs = performance.now() - started;
    tally.add({ route: planned.route.name, durationMs, failed: !expected || wrong, degraded });
  }

  return {
    async prepare() {
      learning ??= findTargets(sendTo(baseUrl, agent), PLANNED_REQUESTS).then((ids) => planOf(ids, SEED));
      try {
        plan = await learning;
      } catch (error) {
        learning = undefined;
        throw error;
      }
    },
    next() {
      if (!plan) return;
      if (waiting >= MOST_WAITING) {
        dropped += 1;
        return;
      }
      waiting += 1;
      void ask(plan).finally(() => {
        waiting -= 1;
      });
    },
    take() {
      const taken = { topology, ...tally.take(), waiting, dropped };
      dropped = 0;
      return taken;
    },
    close: () => agent.destroy(),
  };
}

/** Sends what `findTargets` asks before the load begins. */
const sendTo =
  (baseUrl: string, agent: Agent): Parameters<typeof findTargets>[0] =>
  (method, path, body) =>
    send(baseUrl, agent, {
      route: { name: path, method, weight: 0, expected: [], begins: '', message: () => ({ path }) },
      message: body ? { path, body } : { path },
      unique: crypto.randomUUID(),
    });
