/** The values of several trials in one ascending list, each with the index of its trial. */
export interface Pool {
  values: Float64Array;
  trials: Uint16Array;
  /** Values of each trial. */
  sizes: number[];
}

export const poolOf = (trials: readonly (readonly number[])[]): Pool => {
  const all = trials.flatMap((values, trial) => values.map((value) => ({ value, trial })));
  all.sort((a, b) => a.value - b.value);
  return {
    values: Float64Array.from(all, ({ value }) => value),
    trials: Uint16Array.from(all, ({ trial }) => trial),
    sizes: trials.map((values) => values.length),
  };
};

/**
 * The quantile `p` of the pool if trial i were there `times[i]` times: the largest value that at most 1 - p of all
 * values exceed. Walks down from the top, so high quantiles are quick. Null when no value is there.
 */
export const pooledQuantile = (pool: Pool, times: readonly number[], p: number): number | null => {
  const total = pool.sizes.reduce((sum, size, trial) => sum + size * (times[trial] ?? 0), 0);
  if (total === 0) return null;
  const above = Math.floor((1 - p) * (total - 1) + 1e-9);
  let seen = 0;
  for (let i = pool.values.length - 1; i >= 0; i -= 1) {
    seen += times[pool.trials[i] ?? 0] ?? 0;
    if (seen > above) return pool.values[i] ?? null;
  }
  return null;
};
