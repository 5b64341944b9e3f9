/** The values of several trials in one ascending list, each with the index of its trial. */
export interface Pool {
  values: Float64Array;
  trials: Uint16Array;
  /** How many values each trial has. */
  sizes: number[];
}

export const poolOf = (trials: readonly (readonly number[])[]): Pool => {
  const values = Float64Array.from(trials.flat());
  const owners = Uint16Array.from(trials.flatMap((own, trial) => own.map(() => trial)));
  const order = Uint32Array.from(values, (_, index) => index);
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  return {
    values: Float64Array.from(order, (index) => values[index] ?? 0),
    trials: Uint16Array.from(order, (index) => owners[index] ?? 0),
    sizes: trials.map((own) => own.length),
  };
};

/**
 * The quantile `p` (as in quantile.ts) of the pool if trial i were there `times[i]` times; null when that is empty.
 * Walks down from the top, so that high quantiles, drawn a thousand times, are quick.
 */
export const pooledQuantile = (pool: Pool, times: readonly number[], p: number): number | null => {
  const total = pool.sizes.reduce((sum, size, trial) => sum + size * (times[trial] ?? 0), 0);
  if (total === 0) return null;
  const place = (total - 1) * p;
  const lower = Math.floor(place);
  let upperValue: number | undefined;
  let seen = 0;
  for (let i = pool.values.length - 1; i >= 0; i -= 1) {
    const value = pool.values[i] ?? 0;
    seen += times[pool.trials[i] ?? 0] ?? 0;
    if (seen >= Math.max(1, total - 1 - lower)) upperValue ??= value;
    if (seen >= total - lower) return value + (place - lower) * ((upperValue ?? value) - value);
  }
  return null;
};
