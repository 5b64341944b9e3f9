/** Latencies (ms) at which distributions are read: four to a doubling, from 0.25 ms to 4 s. */
export const boundsMs: readonly number[] = Array.from({ length: 57 }, (_, i) =>
  Number((0.25 * 2 ** (i / 4)).toPrecision(4)),
);

/**
 * The share of `requests` that were answered within each of `boundsMs`. `latencies` (ms, sorted upwards) are of the
 * answered requests, so the curve ends at the availability: what was never answered is not left out.
 */
export const answeredWithin = (latencies: readonly number[], requests: number): number[] => {
  let answered = 0;
  return boundsMs.map((bound) => {
    while (answered < latencies.length && (latencies[answered] ?? 0) <= bound) answered += 1;
    return requests === 0 ? 0 : Number((answered / requests).toFixed(5));
  });
};
