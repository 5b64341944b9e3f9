import { waitUntil } from '../../trial/wait.ts';
import { runRollout } from '../roll.ts';
import type { VersionName } from '../versions.ts';
import type { PartResult, RolloutTools } from './parts.ts';

const RATE = 60;
const SECONDS = 15;
/** Above what a good version takes on a busy machine is not needed here: these never become ready. */
const DEADLINE_SECONDS = '10';
const bad: readonly VersionName[] = ['never-ready', 'crashes'];

/** Versions that must not reach a user: one that is never ready, one that ends at its start. */
export async function stopBadVersions({ context, versions }: RolloutTools): Promise<PartResult> {
  const { platform, form, say } = context;
  const topology = 'microservices';
  const before = (await platform.imagesOf(topology, 'posts')).join();
  const result: PartResult = { ok: true, saw: [], loads: [] };
  for (const version of form === 'full' ? bad : bad.slice(0, 1)) {
    const order = { what: `bad-${version}`, topology, rate: RATE, seconds: SECONDS } as const;
    const load = await context.load(order, async ({ startMs, endMs, signal }) => {
      await waitUntil(startMs + 2_000, signal);
      const words = ['--to', versions.tagOf(version), '--deadline', DEADLINE_SECONDS];
      const rolled = await runRollout({ platform, topology, signal }, 'posts', words);
      const after = (await platform.imagesOf(topology, 'posts')).join();
      say(`${version}: ${rolled.said}`);
      return { ...rolled, after, isSeen: Date.now() < endMs };
    });
    const { exitCode, said, after, isSeen } = load.value;
    result.loads.push(load);
    result.ok &&= exitCode === 1 && after === before && isSeen;
    const runs = after === before ? 'what ran before runs' : `${after} runs, ${before} did before`;
    result.saw.push(`a version of posts that ${does[version]}: exit code ${exitCode}, ${runs}: ${said}`);
  }
  return result;
}

const does: Record<VersionName, string> = {
  next: 'is good',
  'never-ready': 'is never ready',
  crashes: 'ends at its start',
};
