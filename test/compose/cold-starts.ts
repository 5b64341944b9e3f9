// Brings both topologies up from nothing, and removes them again, a number of times (10, or what the argument says):
// npm run compose:cold-starts
import type { Stack } from '../../deploy/compose/stack.ts';
import { withStack } from '../../deploy/compose/with-stack.ts';

const times = Number(process.argv[2] ?? 10);
let came = 0;

await withStack(async (stack, signal) => {
  for (let time = 1; time <= times; time += 1) {
    signal.throwIfAborted();
    const begun = performance.now();
    const outcome = await start(stack).catch((error: unknown) => String(error));
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    if (outcome === 'up') came += 1;
    process.stdout.write(`${String(time).padStart(3)}  ${seconds.padStart(6)} s  ${outcome}\n`);
    await stack.down();
  }
});
process.stdout.write(`${came} of ${times} cold starts came up.\n`);
if (came < times) process.exitCode = 1;

/** Both answer at once: being healthy is being ready. */
async function start(stack: Stack): Promise<string> {
  await stack.up();
  for (const url of [stack.monolithUrl, stack.microservicesUrl]) {
    const { status } = await fetch(`${url}/api/threads/1/discussion`);
    if (status !== 200) return `${url} answered ${status}`;
  }
  return 'up';
}
