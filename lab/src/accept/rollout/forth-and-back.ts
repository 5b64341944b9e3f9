import { waitUntil } from '../../trial/wait.ts';
import type { Platform } from '../platform.ts';
import { mustRoll } from '../roll.ts';
import { type PartResult, type Rolled, type RolloutTools, rolled } from './parts.ts';

/** Of load; the short form rolls once, the full one as often as there is time. */
const sizes = {
  full: { rate: 300, seconds: 65, rounds: 20 },
  short: { rate: 60, seconds: 20, rounds: 1 },
} as const;
const BEFORE_MS = 3_000;

/** The new version and the one before, in turns, for as long as the load lasts. */
export async function rollForthAndBack({ context, versions }: RolloutTools): Promise<PartResult> {
  const { platform, form, say } = context;
  const { rate, seconds, rounds } = sizes[form];
  const result: PartResult = { ok: true, saw: [], loads: [] };
  for (const { topology, service } of form === 'full' ? rolled : rolled.slice(0, 1)) {
    const what = `roll-${topology}`;
    const load = await context.load(
      { what, topology, rate, seconds },
      async ({ startMs, dueMs, endMs, signal }) => {
        await waitUntil(startMs + BEFORE_MS, signal);
        const tools = { platform, topology, signal };
        const times = { to: [] as number[], back: [] as number[] };
        const roll = async (order: readonly string[], into: number[]): Promise<void> => {
          const { seconds, said } = await mustRoll(tools, service, order);
          into.push(seconds);
          say(`${topology}: ${service} ${order[0]}: ${said}`);
        };
        let longestMs = 0;
        for (let round = 0; round < rounds; round += 1) {
          // a round that would last longer than the load is not begun
          if (round > 0 && Date.now() + 1.2 * longestMs > dueMs) break;
          const began = Date.now();
          await roll(['--to', versions.tagOf('next')], times.to);
          await requireImage(platform, { topology, service }, versions.imageOf(service, 'next'));
          await roll(['--back'], times.back);
          longestMs = Math.max(longestMs, Date.now() - began);
        }
        return { ...times, isSeen: Date.now() < endMs };
      },
    );
    const { to, back, isSeen } = load.value;
    result.loads.push(load);
    result.ok &&= isSeen;
    result.saw.push(
      `${topology}: ${service} rolled out ${to.length} and back ${back.length} times under ${rate} requests a second, ` +
        `in ${range(to)} and ${range(back)}${isSeen ? '' : '; the load ended before the last one did'}`,
    );
  }
  return result;
}

const range = (seconds: readonly number[]): string =>
  `${Math.min(...seconds).toFixed(1)}–${Math.max(...seconds).toFixed(1)} s`;

/** @throws Error when other replicas than those of this image run */
async function requireImage(platform: Platform, { topology, service }: Rolled, image: string): Promise<void> {
  const images = await platform.imagesOf(topology, service);
  if (images.join() !== image)
    throw new Error(`${service} of ${topology} should run ${image}, not ${images.join()}`);
}
