import { clusterBootstrap, type Second } from './bootstrap.ts';
import { quantile } from './quantile.ts';
import { createDraw } from './random.ts';
import { tailShare } from './tail.ts';
import { type Interval, wilson } from './wilson.ts';

const seed = 20_260_801;

/** Share of requests answered, with its 95 % interval, pooled and by trial. */
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

const bootstrapInterval = (trials: readonly (readonly Second[])[]): Interval => {
  const studies = clusterBootstrap(trials, createDraw(seed));
  const tail = tailShare(trials.length);
  return [quantile(studies, tail) ?? 0, quantile(studies, 1 - tail) ?? 1];
};

/**
 * Availability over `trials` (each a list of seconds) with a 95 % interval: the wider, at each end, of a cluster
 * bootstrap over trials and seconds and of Wilson's interval. The bootstrap sees how trials differ; Wilson's
 * keeps a width where all of them agree (no failure seen is not "no failure possible").
 * Share and interval are null where there was no traffic.
 */
export const availability = (trials: readonly (readonly Second[])[]): Availability => {
  const busy = trials
    .map((trial) => trial.filter((second) => second.requests > 0))
    .filter((trial) => trial.length > 0);
  const { requests, failed } = sum(busy.flat());
  if (requests === 0) return { requests, failed, share: null, interval: null };
  const drawn = bootstrapInterval(busy);
  const binomial = wilson(requests - failed, requests);
  const interval: Interval = [Math.min(drawn[0], binomial[0]), Math.max(drawn[1], binomial[1])];
  return { requests, failed, share: 1 - failed / requests, interval };
};
