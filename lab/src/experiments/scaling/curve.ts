// The fitted curve: throughput over replicas by the Universal Scalability Law.
import type { Topology } from '../../environments/environment.ts';
import type { Estimate } from '../../statistics/estimate.ts';
import { medianInterval } from '../../statistics/median-interval.ts';
import { fitScalability, type Point, throughputOf } from '../../statistics/scalability.ts';
import { estimateScalability, type ScalabilityEstimate } from '../../statistics/scalability-interval.ts';
import { inOrder } from '../steady/trials.ts';
import type { Scaled, SweepPoint, SweepRecord } from './record.ts';

/** Share of all cores beyond which the machine is taken for the limit, not the topology. */
export const machineFull = 0.9;

/** All trials of one number of replicas. */
export interface CurvePoint {
  replicas: number;
  throughput: Estimate;
  /** Trials in which nearly all cores of the machine were busy. */
  machineFull: number;
  /** CPU seconds a second of all components, median. */
  cores: number;
}

export interface Curve {
  topology: Topology;
  scaled: Scaled;
  trials: number;
  points: CurvePoint[];
  /** Null where there are fewer than three numbers of replicas, or no throughput. */
  law: ScalabilityEstimate | null;
  /** Whether most points with more than one replica had the machine for their limit: then the law describes it. */
  ofMachine: boolean;
  /** The largest count was left out of a fit and predicted by it; null where too few counts are left for one. */
  check: { replicas: number; predicted: number; measured: number } | null;
}

const lawPoints = (points: readonly SweepPoint[]): Point[] =>
  points.map(({ replicas, throughput }) => ({ n: replicas, x: throughput }));

const hasEnough = (points: readonly Point[]): boolean =>
  new Set(points.map(({ n }) => n)).size >= 3 && points.every(({ x }) => x > 0);

const coresOf = ({ use }: SweepPoint): number =>
  use.parts.reduce((sum, { cpuSeconds }) => sum + cpuSeconds, 0) / use.seconds;

const pointOf = (replicas: number, found: readonly SweepPoint[]): CurvePoint => ({
  replicas,
  throughput: medianInterval(found.map(({ throughput }) => throughput)),
  machineFull: found.filter(({ use }) => use.machineBusy >= machineFull).length,
  cores: medianInterval(found.map(coresOf)).value,
});

const checkOf = (all: readonly SweepPoint[]): Curve['check'] => {
  const largest = Math.max(...all.map(({ replicas }) => replicas));
  const rest = lawPoints(all.filter(({ replicas }) => replicas !== largest));
  if (!hasEnough(rest)) return null;
  const measured = all.filter(({ replicas }) => replicas === largest).map(({ throughput }) => throughput);
  return {
    replicas: largest,
    predicted: throughputOf(fitScalability(rest), largest),
    measured: medianInterval(measured).value,
  };
};

const curveOf = (topology: Topology, records: readonly SweepRecord[]): Curve => {
  const all = records.flatMap(({ points }) => points);
  const counts = [...new Set(all.map(({ replicas }) => replicas))].sort((a, b) => a - b);
  const beyondOne = all.filter(({ replicas }) => replicas > 1);
  const full = beyondOne.filter(({ use }) => use.machineBusy >= machineFull);
  return {
    topology,
    scaled: records[0]?.scaled ?? null,
    trials: records.length,
    points: counts.map((count) =>
      pointOf(
        count,
        all.filter(({ replicas }) => replicas === count),
      ),
    ),
    law: hasEnough(lawPoints(all))
      ? estimateScalability(records.map(({ points }) => lawPoints(points)))
      : null,
    ofMachine: full.length * 2 > beyondOne.length,
    check: checkOf(all),
  };
};

/** The curve of each topology that was swept. */
export const curvesOf = (records: readonly SweepRecord[]): Curve[] =>
  inOrder(records.map(({ topology }) => topology)).map((topology) =>
    curveOf(
      topology,
      records.filter((one) => one.topology === topology),
    ),
  );
