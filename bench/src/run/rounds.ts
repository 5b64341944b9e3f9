import type { Window } from '../result.ts';
import type { Ground } from './ground.ts';

export interface RoundsOptions {
  /** Default ten, two in a quick run. */
  rounds?: number | undefined;
  /** Whether to begin with a round that does not count. Default yes. */
  warmUp?: boolean | undefined;
}

/**
 * Measures every target once a round. Odd rounds go forwards and even ones backwards (ABBA), so that what changes
 * slowly on the machine meets all of them alike; the values of one round make a pair.
 */
export async function inRounds<T extends { name: string }>(
  { quick, progress }: Pick<Ground, 'quick' | 'progress'>,
  what: string,
  targets: readonly T[],
  measure: (target: T, round: number) => Promise<Window | Window[]>,
  { rounds = quick ? 2 : 10, warmUp = true }: RoundsOptions = {},
): Promise<Window[]> {
  const windows: Window[] = [];
  progress.begin(what, targets.length * (rounds + (warmUp ? 1 : 0)));
  for (let round = warmUp ? 0 : 1; round <= rounds; round += 1) {
    for (const target of round % 2 === 1 ? targets : targets.toReversed()) {
      progress.step(target.name);
      const found = await measure(target, round);
      if (round > 0) windows.push(...[found].flat());
    }
  }
  return windows;
}
