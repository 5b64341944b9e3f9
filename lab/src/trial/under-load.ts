import type { Generator, RunOptions, RunResult } from '../generator/generator.ts';

/** Why the load of a run was not what was asked for; undefined when it was. */
export const paceProblem = ({
  fellBehind,
  droppedIterations,
  lowestSecond,
}: RunResult): string | undefined => {
  if (!fellBehind) return undefined;
  const worst = `${Math.round(100 * lowestSecond)} % of the rate in its worst second`;
  return `the generator fell behind: ${droppedIterations} requests not sent, ${worst}`;
};

/**
 * Puts load on a system while `meanwhile` happens, which is told when the first request left (epoch ms). Resolves
 * when both are over. When one of them fails the other is stopped, and this throws when both have ended.
 */
export const underLoad = async <T>(
  generator: Generator,
  options: Omit<RunOptions, 'signal'>,
  meanwhile: (startMs: number, signal: AbortSignal) => Promise<T>,
  outer: AbortSignal,
): Promise<{ result: RunResult; value: T }> => {
  const own = new AbortController();
  const signal = AbortSignal.any([outer, own.signal]);
  const started = Promise.withResolvers<number>();
  const onStart = (): void => {
    options.onStart?.();
    started.resolve(Date.now());
  };
  const load = generator.run({ ...options, signal, onStart });
  load.then(() => started.reject(new Error('the load ended before it began')), started.reject);
  const other = started.promise.then((startMs) => meanwhile(startMs, signal));
  try {
    const [result, value] = await Promise.all([load, other]);
    return { result, value };
  } catch (error) {
    own.abort(error);
    await Promise.allSettled([load, other]);
    throw error;
  }
};
