import assert from 'node:assert/strict';
import { test } from 'node:test';
import { probit } from 'simple-statistics';
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

type World = { logOdds: number; trialSpread: number; secondSpread: number; trials: number };

const drawSecond = (p: number, draw: DrawBelow): Second => {
  const failed = Array.from({ length: requestsPerSecond }, () => uniform(draw)).filter((u) => u > p).length;
  return { requests: requestsPerSecond, failed };
};

const drawStudy = (world: World, draw: DrawBelow): Second[][] =>
  Array.from({ length: world.trials }, () => {
    const trial = world.logOdds + world.trialSpread * gaussian(draw);
    return Array.from({ length: 4 }, () =>
      drawSecond(share(trial + world.secondSpread * gaussian(draw)), draw),
    );
  });

/** The mean availability of the world over all its possible trials, by brute force. */
const truth = (world: World, draw: DrawBelow): number => {
  const spread = Math.hypot(world.trialSpread, world.secondSpread);
  const shares = Array.from({ length: 50_000 }, () => share(world.logOdds + spread * gaussian(draw)));
  return shares.reduce((sum, value) => sum + value, 0) / shares.length;
};

const countRight = (world: World): number => {
  const draw = createDraw(11);
  const known = truth(world, draw);
  return Array.from({ length: studies }, () => availability(drawStudy(world, draw)).interval).filter(
    (interval) => interval !== null && interval[0] <= known && known <= interval[1],
  ).length;
};

const worlds: [string, World][] = [
  ['trials and seconds alike, half answered', { logOdds: 0, trialSpread: 0, secondSpread: 0, trials: 3 }],
  [
    'trials and seconds apart, 90 % answered',
    { logOdds: 2.2, trialSpread: 0.3, secondSpread: 0.3, trials: 3 },
  ],
  ['seconds apart, 99 % answered', { logOdds: 4.6, trialSpread: 0, secondSpread: 0.3, trials: 3 }],
  ['six trials apart, 90 % answered', { logOdds: 2.2, trialSpread: 0.3, secondSpread: 0.3, trials: 6 }],
];

for (const [name, world] of worlds) {
  test(`the interval holds the known truth as often as it promises: ${name}`, () => {
    const right = countRight(world);
    assert.ok(right >= fewestRight, `${right} of ${studies}`);
  });
}
