import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mean, probit } from 'simple-statistics';
import { availability } from '../src/statistics/availability.ts';
import type { Second } from '../src/statistics/bootstrap.ts';
import { createDraw, type DrawBelow } from '../src/statistics/random.ts';

const studies = 200;
// A method that is right 95 % of the time is right in at least 182 of 200 studies with probability 0.994.
const fewestRight = 182;
const requestsPerSecond = 50;

const uniform = (draw: DrawBelow): number => (draw(1_000_000) + 0.5) / 1_000_000;
const gaussian = (draw: DrawBelow): number => probit(uniform(draw));
const share = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** Log odds of being answered, second by second; trials and seconds differ from them by normal deviates. */
type World = { logOdds: number[]; trialSpread: number; secondSpread: number; trials: number };

const drawSecond = (p: number, draw: DrawBelow): Second => {
  const failed = Array.from({ length: requestsPerSecond }, () => uniform(draw)).filter((u) => u > p).length;
  return { requests: requestsPerSecond, failed };
};

const drawStudy = (world: World, draw: DrawBelow): Second[][] =>
  Array.from({ length: world.trials }, () => {
    const shift = world.trialSpread * gaussian(draw);
    return world.logOdds.map((odds) =>
      drawSecond(share(odds + shift + world.secondSpread * gaussian(draw)), draw),
    );
  });

/** The mean availability of the world over all its possible trials, by brute force. */
const truth = (world: World, draw: DrawBelow): number => {
  const spread = Math.hypot(world.trialSpread, world.secondSpread);
  const shares = Array.from({ length: 20_000 }, () =>
    mean(world.logOdds.map((odds) => share(odds + spread * gaussian(draw)))),
  );
  return mean(shares);
};

const countRight = (world: World): number => {
  const draw = createDraw(11);
  const known = truth(world, draw);
  return Array.from({ length: studies }, () => availability(drawStudy(world, draw)).interval).filter(
    (interval) => interval !== null && interval[0] <= known && known <= interval[1],
  ).length;
};

const steady = (odds: number): number[] => [odds, odds, odds, odds];

const worlds: [string, World][] = [
  ['all alike, half answered', { logOdds: steady(0), trialSpread: 0, secondSpread: 0, trials: 3 }],
  [
    'trials and seconds apart, 90 % answered',
    { logOdds: steady(2.2), trialSpread: 0.3, secondSpread: 0.3, trials: 3 },
  ],
  [
    'trials far apart, 90 % answered',
    { logOdds: steady(2.2), trialSpread: 0.6, secondSpread: 0.3, trials: 3 },
  ],
  ['seconds apart, 99 % answered', { logOdds: steady(4.6), trialSpread: 0, secondSpread: 0.3, trials: 3 }],
  [
    'first nothing, then nearly all',
    { logOdds: [-5, -5, 3, 4], trialSpread: 0.3, secondSpread: 0.3, trials: 3 },
  ],
  [
    'six trials apart, 90 % answered',
    { logOdds: steady(2.2), trialSpread: 0.3, secondSpread: 0.3, trials: 6 },
  ],
];

for (const [name, world] of worlds) {
  test(`the interval holds the known truth as often as it promises: ${name}`, () => {
    const right = countRight(world);
    assert.ok(right >= fewestRight, `${right} of ${studies}`);
  });
}
