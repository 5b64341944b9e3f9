import { setTimeout as wait } from 'node:timers/promises';
import type { Topology } from '../../environments/environment.ts';
import type { CheckContext } from '../check.ts';
import { describeFailures } from '../count.ts';
import type { Nodes } from '../platform.ts';
import { loadEach } from './load-each.ts';
import type { Lost } from './loss.ts';

const RATE = 50;
const BEFORE_MS = 3_000;
/** A drain waits for budgets of disruption: one replica after the other, each ready elsewhere first. */
const LOAD_SECONDS = 45;

/** Drains a node while every topology is under load through another. No request may fail. */
export async function drainNode(
  context: CheckContext,
  nodes: Nodes,
  { node, topologies }: { node: string; topologies: readonly Topology[] },
): Promise<Lost> {
  const orders = await Promise.all(
    topologies.map(async (topology) => ({
      what: `drain-${topology}`,
      topology,
      baseUrl: await nodes.entranceBeside(topology, node),
      rate: RATE,
      seconds: LOAD_SECONDS,
    })),
  );
  try {
    const { loads, value: seconds } = await loadEach(context, orders, async () => {
      await wait(BEFORE_MS, undefined, { signal: context.signal });
      context.say(`${node} is drained`);
      const began = performance.now();
      await nodes.drain(node);
      return (performance.now() - began) / 1_000;
    });
    const inTime = seconds * 1_000 + BEFORE_MS < LOAD_SECONDS * 1_000;
    const late = inTime ? '' : ', longer than the load: the end of it was not under load';
    return {
      ok: inTime && loads.every(({ failed }) => failed === 0),
      saw: [
        `${node} was drained in ${seconds.toFixed(1)} s${late}`,
        ...loads.map((load, index) => `${orders[index]?.topology}: ${describeFailures(load)}`),
      ],
      requests: loads.reduce((sum, { requests }) => sum + requests, 0),
      failed: loads.reduce((sum, { failed }) => sum + failed, 0),
    };
  } finally {
    await nodes.undrain(node);
  }
}
