// Requests that arrive at a rate, whatever becomes of those before them (open loop), from a process of its own.
import { join } from 'node:path';
import { withPriority } from '../../../lab/src/generator/priority.ts';
import { runProgram } from '../run/command.ts';
import { type Arrivals, type ArriveOptions, arrivalsSchema } from './arrivals.ts';
import { countBetween } from './count.ts';
import type { Sent } from './sent.ts';

const main = join(import.meta.dirname, 'main.ts');

/** Sends requests to `origin` as they are due, and tells what became of each. */
export async function arrive(options: ArriveOptions): Promise<Arrivals> {
  const seconds = options.steps.reduce((sum, step) => sum + step.seconds, 0);
  const [file, args] = withPriority(process.execPath, [main, JSON.stringify(options)]);
  return arrivalsSchema.parse(
    JSON.parse(await runProgram(file, args, { timeoutMs: (seconds + 30) * 1_000 })),
  );
}

/** The same at one rate, in requests a second, in short. */
export async function arriveAt(
  rate: number,
  { seconds, ...options }: Omit<ArriveOptions, 'steps'> & { seconds: number },
): Promise<Sent> {
  const { outcomes } = await arrive({ ...options, steps: [{ rate, seconds }] });
  const { sent, ok, p50Ms, p99Ms } = countBetween(outcomes);
  return { requests: sent, failed: sent - ok, seconds, values: { p50Ms, p99Ms } };
}
