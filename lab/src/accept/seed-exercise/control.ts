import { waitUntil } from '../../trial/wait.ts';
import type { CheckContext } from '../check.ts';
import { describeFailures } from '../count.ts';
import { only } from './exercise.ts';
import { beginLongRead, type Place } from './place.ts';

const RATE = 60;
const SECONDS = 12;
/** Longer than a client waits (2 s). */
const READ_SECONDS = 5;

/**
 * The control: the same statement without a lock timeout, beside the same transaction. It waits for it, and every query
 * of the table waits behind it. It has to fail requests, or a zero with the care would mean nothing.
 */
export async function alterCarelessly(
  context: CheckContext,
  place: Place,
): Promise<{ ok: boolean; saw: string[] }> {
  const { topology, sql } = place;
  const order = { what: `careless-${topology}`, topology, rate: RATE, seconds: SECONDS, only };
  const load = await context.load(order, async ({ startMs, signal }) => {
    await waitUntil(startMs + 2_000, signal);
    const read = await beginLongRead(place, READ_SECONDS, signal);
    await sql('alter table users.users add column careless text;');
    await read.ended;
  });
  const saw = `control: the same ALTER without a lock timeout: ${describeFailures(load)}`;
  return { ok: load.failed > 0, saw: [saw] };
}
