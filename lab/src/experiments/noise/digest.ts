import type { Topology } from '../../environments/environment.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { type SameAgainstSame, sameAgainstSame } from '../../statistics/same-against-same.ts';
import { compareValues } from '../steady/difference.ts';
import { countWindow } from '../steady/figures.ts';
import { type Reading, readingsOf, valuesOf } from '../steady/readings.ts';
import { inOrder } from '../steady/trials.ts';
import { type Compared, compared, type Floors, fewestTrials, floorsOf, resolvableOf } from './floors.ts';
import { labels, type NoiseRecord } from './record.ts';

/** A trial in single numbers. */
export interface NoiseTrial extends Pick<NoiseRecord, 'topology' | 'label' | 'trial'> {
  readings: Reading[];
}

/** A1 against A2 in one number. */
export interface SelfComparison {
  topology: Topology;
  kind: Compared;
  of: string;
  ratio: Estimate;
}

/** What A/A says. */
export interface Noise {
  comparisons: SelfComparison[];
  /** Null when there are too few trials to tell. */
  floors: Floors | null;
  resolvable: Floors | null;
  verdict: SameAgainstSame;
}

const compareLabels = (trials: readonly NoiseTrial[], topology: Topology): SelfComparison[] => {
  const [first, second] = labels.map((label) =>
    trials.filter((one) => one.topology === topology && one.label === label).map(({ readings }) => readings),
  );
  const named = new Map(first?.flat().map(({ kind, of }) => [`${kind} ${of}`, { kind, of }]));
  return [...named.values()].flatMap(({ kind, of }) => {
    const found = compared.find((one) => one === kind);
    if (found === undefined) return [];
    const difference = compareValues(valuesOf(first ?? [], kind, of), valuesOf(second ?? [], kind, of), 0);
    return difference === undefined ? [] : [{ topology, kind: found, of, ratio: difference.ratio }];
  });
};

/** Everything that A/A says, from trials that were counted. */
export const digestNoise = (trials: readonly NoiseTrial[]): Noise => {
  const comparisons = inOrder(trials.map(({ topology }) => topology)).flatMap((topology) =>
    compareLabels(trials, topology),
  );
  const enough = comparisons.length > 0 && comparisons.every(({ ratio }) => ratio.trials >= fewestTrials);
  return {
    comparisons,
    floors: enough ? floorsOf(comparisons) : null,
    resolvable: enough ? resolvableOf(comparisons) : null,
    verdict: sameAgainstSame(comparisons.map(({ ratio }) => ratio)),
  };
};

/** Counts the samples of all trials, and digests them. `folder` is the experiment's own. */
export const countNoise = async (records: readonly NoiseRecord[], folder: string): Promise<Noise> => {
  const trials: NoiseTrial[] = [];
  for (const { topology, label, trial, window } of records) {
    trials.push({ topology, label, trial, readings: readingsOf(window, await countWindow(folder, window)) });
  }
  return digestNoise(trials);
};
