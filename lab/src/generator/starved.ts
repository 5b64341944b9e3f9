// Was the generator short of CPU?

/** Above these shares the generator's own delays may be a part of what it measures. */
const MOST_OF_THE_CORES = 0.8;
const MOST_WAITING = 0.5;

/**
 * True when it used more than 80 % of the `available` cores, so that its requests queued inside it, or when its
 * threads waited for a CPU for longer than they ran. Figures that the system does not tell (null) prove nothing.
 */
export const isStarved = (cores: number | null, waitShare: number | null, available: number): boolean =>
  (cores ?? 0) > MOST_OF_THE_CORES * available || (waitShare ?? 0) > MOST_WAITING;
