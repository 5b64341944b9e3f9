import { probit } from 'simple-statistics';
import type { Sample } from '../src/generator/samples.ts';
import { createDraw, type DrawBelow } from '../src/statistics/random.ts';
import type { Mark } from '../src/trial/mark.ts';
import type { PhaseSeconds } from '../src/trial/phases.ts';

/** What is true of a topology, and how much luck hides it. Spreads are standard deviations of logarithms. */
export interface World {
  /** Requests a second. */
  rate: number;
  /** Typical latency, ms. */
  latencyMs: number;
  /** What the fault multiplies all latencies by. */
  inflation: number;
  /** Share of requests that fail during the fault outside of bursts, over all trials. */
  failing: number;
  /** Chance of a second of the fault to be a burst, and the share of its requests that fail. */
  burst: { chance: number; failing: number };
  /** How far trials are apart. */
  latencySpread: number;
  failureSpread: number;
  /** What each trial is slower by than the one before: the machine grows warm. */
  drift: number;
}

export const seconds: PhaseSeconds = { warmUp: 1, baseline: 4, fault: 6, recovery: 4 };
export const mark: Mark<'kill'> = {
  fault: 'kill',
  beganAtMs: 5_000,
  seenAtMs: 5_010,
  removedAtMs: 11_010,
  backAtMs: 11_100,
  evidence: 'port 4103 refused connections',
};

/** The availability during the fault that all possible trials together have. */
export const availabilityOf = ({ failing, burst }: World): number =>
  1 - (1 - burst.chance) * failing - burst.chance * burst.failing;

/** Uniform, gaussian, and a factor that spreads around a median of 1. */
export const createLuck = (seed: number) => {
  const draw: DrawBelow = createDraw(seed);
  const uniform = (): number => (draw(1_000_000) + 0.5) / 1_000_000;
  const gaussian = (): number => probit(uniform());
  return { uniform, gaussian, factor: (spread: number): number => Math.exp(spread * gaussian()) };
};
export type Luck = ReturnType<typeof createLuck>;

/** One request in 50 waits for something, up to ten times as long as usual and more (Pareto, index 2). */
const heavyTail = ({ uniform }: Luck): number => (uniform() < 0.02 ? 3 / Math.sqrt(uniform()) : 1);

const trialFailing = ({ failing, failureSpread }: World, luck: Luck): number =>
  // The mean of a log-normal is above its median: without the divisor the truth would not be `failing`.
  Math.min(1, (failing * luck.factor(failureSpread)) / Math.exp(failureSpread ** 2 / 2));

/** The samples of the trial with this number (from 0) in its study. */
export function* samplesOf(world: World, trial: number, luck: Luck): Generator<Sample> {
  const typicalMs = world.latencyMs * luck.factor(world.latencySpread) * (1 + world.drift) ** trial;
  const inflation = world.inflation * luck.factor(world.latencySpread);
  const usually = trialFailing(world, luck);
  const bursts = Array.from({ length: 20 }, () => luck.uniform() < world.burst.chance);
  const slow = Array.from({ length: 20 }, () => luck.factor(0.1));
  for (let timeMs = 0; timeMs < mark.removedAtMs + seconds.recovery * 1000; timeMs += 1000 / world.rate) {
    const second = Math.floor(timeMs / 1000);
    const broken = timeMs >= mark.beganAtMs && timeMs < mark.removedAtMs;
    const failing = bursts[second] ? world.burst.failing : usually;
    const failed = broken && luck.uniform() < failing;
    const durationMs =
      typicalMs * (broken ? inflation : 1) * (slow[second] ?? 1) * luck.factor(0.5) * heavyTail(luck);
    yield {
      timeMs,
      route: 'GET /api/users',
      status: failed ? 503 : 200,
      durationMs,
      failed,
      degraded: false,
    };
  }
}
