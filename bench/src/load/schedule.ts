/** So many requests a second, on average, for so long. */
export interface Step {
  rate: number;
  seconds: number;
}

/**
 * Milliseconds, ascending, at which requests are due: a Poisson process whose rate changes from step to step, so the
 * gaps between two are exponential.
 * @param fraction draws from above 0 up to 1
 */
export function* moments(steps: readonly Step[], fraction: () => number): Generator<number> {
  let beganMs = 0;
  for (const { rate, seconds } of steps) {
    const endMs = beganMs + seconds * 1_000;
    const gapMs = (): number => (-Math.log(fraction()) * 1_000) / rate;
    for (let dueMs = beganMs + gapMs(); dueMs < endMs; dueMs += gapMs()) yield dueMs;
    beganMs = endMs;
  }
}
