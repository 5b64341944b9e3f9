import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';

/**
 * A source of random numbers that gives the same ones everywhere: beyond integers it uses only operations
 * that IEEE 754 rounds exactly, so no `Math.pow`, `exp` or `log`.
 */
export interface Random {
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** From 0 up to, but not including, 1. */
  fraction(): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** True in `percent` of 100 cases. */
  chance(percent: number): boolean;
}

/** The source number `stream` of a seed. Streams of one seed do not overlap. */
export function createRandom(seed: number, stream: number): Random {
  const generator = xoroshiro128plus(seed);
  for (let jumps = 0; jumps < stream; jumps += 1) generator.jump();
  return fromGenerator(generator);
}

function fromGenerator(generator: RandomGenerator): Random {
  const whole = (from: number, to: number) => uniformInt(generator, from, to);
  return {
    whole,
    fraction: () => uniformFloat64(generator),
    pick: (from) => from[whole(0, from.length - 1)] ?? from[0],
    chance: (percent) => whole(1, 100) <= percent,
  };
}
