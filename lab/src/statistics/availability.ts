import { fromAngle, type Second, standardError, type Trial, toAngle } from './bootstrap.ts';
import { createDraw } from './random.ts';
import { reachOf } from './student.ts';
import { type Interval, wilson } from './wilson.ts';

const seed = 20_260_801;

/** Share of requests answered, with its 95 % interval. */
export type Availability = {
  requests: number;
  failed: number;
  share: number | null;
  interval: Interval | null;
};

const sum = (seconds: readonly Second[]): Second => ({
  requests: seconds.reduce((total, second) => total + second.requests, 0),
  failed: seconds.reduce((total, second) => total + second.failed, 0),
});

const hasTraffic = (trial: Trial): boolean => trial.some((second) => second.requests > 0);

/** The trials; when there is but one, its seconds stand in for them. */
const clustersOf = (trials: readonly Trial[]): readonly Trial[] =>
  trials.length > 1 ? trials : trials.flat().map((second) => [second]);

const bootstrapInterval = (trials: readonly Trial[], share: number): Interval => {
  const clusters = clustersOf(trials).filter(hasTraffic);
  if (clusters.length < 2) return [share, share];
  const reach = reachOf(clusters.length) * standardError(clusters, createDraw(seed));
  return [fromAngle(toAngle(share) - reach), fromAngle(toAngle(share) + reach)];
};

/**
 * Availability over `trials` with a 95 % interval: the wider, at each end, of a cluster bootstrap over trials and
 * seconds (its standard error times Student's t) and of Wilson's interval. The bootstrap sees how trials differ;
 * Wilson's keeps a width where all of them agree (no failure seen is not "no failure possible").
 * Share and interval are null where there was no traffic.
 */
export const availability = (trials: readonly Trial[]): Availability => {
  const { requests, failed } = sum(trials.flat());
  if (requests === 0) return { requests, failed, share: null, interval: null };
  const share = 1 - failed / requests;
  const drawn = bootstrapInterval(trials, share);
  const binomial = wilson(requests - failed, requests);
  return {
    requests,
    failed,
    share,
    interval: [Math.min(drawn[0], binomial[0]), Math.max(drawn[1], binomial[1])],
  };
};
