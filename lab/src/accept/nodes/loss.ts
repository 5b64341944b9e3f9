// A node that is lost under load, by power or by network, and how much of it users see.
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Topology } from '../../environments/environment.ts';
import { waitUntilWell } from '../../trial/settle.ts';
import type { CheckContext } from '../check.ts';
import { formatCount } from '../count.ts';
import type { Nodes } from '../platform.ts';
import { loadEach } from './load-each.ts';
import { readWindow, type Window } from './window.ts';

/** How a node is lost, and what ends that. */
export interface Loss {
  what: string;
  lose: 'stop' | 'cut';
  regain: 'start' | 'heal';
}

export const powerLoss: Loss = { what: 'power', lose: 'stop', regain: 'start' };
export const networkLoss: Loss = { what: 'network', lose: 'cut', regain: 'heal' };

/** Longest time in which requests may fail after a loss. */
const MOST_MS = 2_000;
const BEFORE_MS = 4_000;
/** Platforms take 11 to 15 s to notice, and the load goes on for a while after that. */
const LOAD_SECONDS = 40;
const RATE = 50;

export interface Lost {
  ok: boolean;
  saw: string[];
  requests: number;
  failed: number;
}

/**
 * Loses a node while every topology is under load through another, and gets it back afterwards. Requests that must
 * not fail are those that can be repeated; others may, for less than two seconds.
 */
export async function loseNode(
  context: CheckContext,
  nodes: Nodes,
  { node, topologies, loss }: { node: string; topologies: readonly Topology[]; loss: Loss },
): Promise<Lost> {
  const orders = await Promise.all(
    topologies.map(async (topology) => ({
      what: `${loss.lose}-${topology}`,
      topology,
      baseUrl: await nodes.entranceBeside(topology, node),
      rate: RATE,
      seconds: LOAD_SECONDS,
    })),
  );
  try {
    const { value: noticedSeconds } = await loadEach(context, orders, async () => {
      await wait(BEFORE_MS, undefined, { signal: context.signal });
      context.say(`${node} loses its ${loss.what}`);
      const lostAt = performance.now();
      await nodes[loss.lose](node);
      await nodes.noticed(node);
      return (performance.now() - lostAt) / 1_000;
    });
    const noticed = `${node} lost its ${loss.what}; the platform noticed after ${noticedSeconds.toFixed(1)} s`;
    const windows = await Promise.all(
      orders.map(async (order) => ({
        ...order,
        window: await readWindow(join(context.folder, `${order.what}.csv.gz`)),
      })),
    );
    for (const { baseUrl } of orders) await waitUntilWell(baseUrl, context.signal);
    return {
      ok: windows.every(({ window }) => isBorne(window)),
      saw: [noticed, ...windows.map(({ topology, window }) => `${topology}: ${described(window)}`)],
      requests: windows.reduce((sum, { window }) => sum + window.requests, 0),
      failed: windows.reduce((sum, { window }) => sum + window.safeFailed, 0),
    };
  } finally {
    await nodes[loss.regain](node);
  }
}

const isBorne = ({ safeFailed, failingMs, failedAtEnd }: Window): boolean =>
  safeFailed === 0 && failingMs < MOST_MS && failedAtEnd === 0;

function described({ requests, failed, safeFailed, failingMs, degraded, slowestMs }: Window): string {
  const how = failed === 0 ? '' : ` (${safeFailed} of them reads) within ${(failingMs / 1_000).toFixed(2)} s`;
  return [
    `${formatCount(failed)} of ${formatCount(requests)} requests failed${how}`,
    `${formatCount(degraded)} discussions came with a part missing`,
    `the slowest answer took ${Math.round(slowestMs)} ms`,
    'all was served from the other nodes afterwards',
  ].join(', ');
}
