import { waitUntil } from '../../trial/wait.ts';
import { describeFailures } from '../count.ts';
import { mustRoll } from '../roll.ts';
import type { PartResult, Rolled, RolloutTools } from './parts.ts';

/** What users reach first. */
const entrances: readonly Rolled[] = [
  { topology: 'microservices', service: 'gateway' },
  { topology: 'monolith', service: 'monolith' },
];
const RATE = 60;
const SECONDS = 15;

/**
 * The entrances' own replacement. Where one container owns the host's port it leaves a gap, which is told and not
 * counted; elsewhere no request may fail.
 */
export async function replaceEntrances({ context, versions }: RolloutTools): Promise<PartResult> {
  const { platform, say } = context;
  const isApart = platform.entranceOwnsPort;
  const result: PartResult = { ok: true, saw: [], loads: [] };
  for (const { topology, service } of entrances) {
    const parts = await platform.environment.deployment(topology).parts();
    if (!parts.some(({ name }) => name === service)) {
      result.saw.push(`${topology}: ${platform.name} has no ${service} of ours to replace`);
      continue;
    }
    const order = { what: `entrance-${topology}`, topology, rate: RATE, seconds: SECONDS };
    const load = await context.load(order, async ({ startMs, endMs, signal }) => {
      await waitUntil(startMs + 2_000, signal);
      const tools = { platform, topology, signal };
      const forth = await mustRoll(tools, service, ['--to', versions.tagOf('next')]);
      const back = await mustRoll(tools, service, ['--back']);
      say(
        `${topology}: its ${service} was replaced in ${forth.seconds.toFixed(1)} and ${back.seconds.toFixed(1)} s`,
      );
      return Date.now() < endMs;
    });
    result.ok &&= load.value;
    if (!isApart) result.loads.push(load);
    const apart = isApart ? 'one container owns the port, so this is told apart: ' : '';
    result.saw.push(
      `${topology}: its ${service} replaced twice under load; ${apart}${describeFailures(load)}`,
    );
  }
  return result;
}
