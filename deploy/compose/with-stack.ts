import { createStack, type Stack } from './stack.ts';

/**
 * Runs `use` on a stack of its own and removes that afterwards, also when this process is told to end. What goes
 * wrong is told on stderr, and the exit status is 1.
 */
export async function withStack(use: (stack: Stack, signal: AbortSignal) => Promise<void>): Promise<void> {
  const interrupted = new AbortController();
  // every time: a second one must not keep us from removing the containers
  process.on('SIGINT', () => interrupted.abort()).on('SIGTERM', () => interrupted.abort());
  const stack = await createStack(interrupted.signal);
  try {
    await use(stack, interrupted.signal);
  } catch (error) {
    tell(interrupted.signal.aborted ? 'Interrupted.' : String(error));
  }
  await stack.down().catch((error: unknown) => tell(String(error)));
}

function tell(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
