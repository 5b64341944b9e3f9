// Brings both topologies up from nothing, and removes them again, a number of times (10, or what the argument says):
// npm run compose:cold-starts
import { createStack } from '../../deploy/compose/stack.ts';

const times = Number(process.argv[2] ?? 10);
const interrupted = new AbortController();
process.on('SIGINT', () => interrupted.abort()).on('SIGTERM', () => interrupted.abort());

let came = 0;
for (let time = 1; time <= times && !interrupted.signal.aborted; time += 1) {
  const stack = await createStack(interrupted.signal);
  const begun = performance.now();
  const outcome = await start(stack).catch((error: Error) => error.message);
  const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
  await stack.down();
  if (outcome === 'up') came += 1;
  process.stdout.write(`${String(time).padStart(3)}  ${seconds.padStart(6)} s  ${outcome}\n`);
}
process.stdout.write(`${came} of ${times} cold starts came up.\n`);
process.exitCode = came === times ? 0 : 1;

/** Both answer at once: being healthy is being ready. */
async function start(stack: Awaited<ReturnType<typeof createStack>>): Promise<string> {
  await stack.up();
  for (const url of [stack.monolithUrl, stack.microservicesUrl]) {
    const { status } = await fetch(`${url}/api/threads/1/discussion`);
    if (status !== 200) return `${url} answered ${status}`;
  }
  return 'up';
}
