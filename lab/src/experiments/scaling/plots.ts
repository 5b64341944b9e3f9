import { type Html, html } from '../../report/html.ts';
import { plot, type Series } from '../../report/plot.ts';
import { throughputOf } from '../../statistics/scalability.ts';
import { type Curve, machineFull } from './curve.ts';
import type { SweepPoint, SweepRecord } from './record.ts';

const pointsOf = (
  { topology }: Curve,
  sweeps: readonly SweepRecord[],
  name: string,
  shown: (point: SweepPoint) => boolean,
): Series[] => {
  const found = sweeps
    .filter((one) => one.topology === topology)
    .flatMap(({ points }) => points)
    .filter(shown)
    .sort((a, b) => a.replicas - b.replicas);
  if (found.length === 0) return [];
  return [
    {
      name,
      style: 'points',
      colour: topology,
      x: found.map(({ replicas }) => replicas),
      y: found.map(({ throughput }) => throughput),
    },
  ];
};

const isFull = ({ use }: SweepPoint): boolean => use.machineBusy >= machineFull;

const lineOf = ({ topology, law, points }: Curve): Series[] => {
  if (law === null) return [];
  const model = { lambda: law.lambda.value, sigma: law.sigma.value, kappa: law.kappa.value };
  const most = Math.max(...points.map(({ replicas }) => replicas));
  const x = Array.from({ length: 4 * (most - 1) + 1 }, (_, index) => 1 + index / 4);
  return [
    { name: `${topology}, law`, style: 'line', colour: topology, x, y: x.map((n) => throughputOf(model, n)) },
  ];
};

/** Throughput over replicas: each trial a point, the fitted law a line; points of a full machine named apart. */
export const curvePlot = (sweeps: readonly SweepRecord[], curves: readonly Curve[]): Html =>
  curves.length === 0
    ? html``
    : plot({
        title: 'Saturated throughput over replicas',
        x: { label: 'replicas', min: 0 },
        y: { label: 'answers a second', min: 0 },
        series: curves.flatMap((curve) => [
          ...pointsOf(curve, sweeps, curve.topology, (point) => !isFull(point)),
          ...pointsOf(curve, sweeps, `${curve.topology}, machine full`, isFull),
          ...lineOf(curve),
        ]),
      });
