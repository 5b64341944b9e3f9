import { waitUntil } from '../../trial/wait.ts';
import { describeFailures } from '../count.ts';
import type { PartResult, RolloutTools } from './parts.ts';

const order = { what: 'naive', topology: 'microservices', rate: 60, seconds: 15 } as const;
const BEFORE_MS = 3_000;

/**
 * The control: the same good version without readiness, without a stop hook and without a drain. It has to fail
 * requests, or a zero with the care would mean nothing.
 */
export async function rollNaively({ context, versions }: RolloutTools): Promise<PartResult> {
  const { platform, say } = context;
  const image = versions.imageOf('posts', 'next');
  const load = await context.load(order, async ({ startMs, signal }) => {
    await waitUntil(startMs + BEFORE_MS, signal);
    await platform.replaceNaively(order.topology, 'posts', image);
  });
  say(`control: ${describeFailures(load)}`);
  await platform.putBack(order.topology, 'posts');
  const failed = load.failed > 0;
  const saw = `control: the same version, rolled out without the care: ${describeFailures(load)}`;
  return { ok: failed, saw: [failed ? saw : `${saw}, so the zeros above mean nothing`], loads: [] };
}
