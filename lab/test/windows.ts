// Windows of steady load by hand: every number is given, so that what is counted from them is known.
import type { Topology } from '../src/environments/environment.ts';
import type { LabOptions } from '../src/experiments/experiment.ts';
import type { RouteFigures } from '../src/experiments/steady/figures.ts';
import type { PartUse, SteadyWindow } from '../src/experiments/steady/record.ts';

export const MiB = 2 ** 20;

/** Options of a full study of `topologies`. */
export const optionsOf = (topologies: readonly Topology[], more: Partial<LabOptions> = {}): LabOptions => ({
  env: 'local',
  topologies,
  trials: undefined,
  quick: false,
  seed: 7,
  ...more,
});

/** A component that used so many cores all the time. */
export const partUse = (
  part: string,
  cores: number,
  seconds: number,
  more: Partial<PartUse> = {},
): PartUse => ({
  part,
  replicas: 1,
  cpuSeconds: cores * seconds,
  memoryBytes: 64 * MiB,
  receivedBytes: null,
  sentBytes: null,
  ...more,
});

/** A window of ten seconds at `rate`, in which components used the given cores. */
export const windowAt = (
  rate: number,
  cores: Readonly<Record<string, number>>,
  more: { machineBusy?: number; connections?: Record<string, number>; parts?: Partial<PartUse> } = {},
): SteadyWindow => ({
  rate,
  samples: 'none.csv.gz',
  fromMs: 0,
  toMs: 10_000,
  generatorCores: 0.1,
  use: {
    seconds: 10,
    parts: Object.entries(cores).map(([part, used]) => partUse(part, used, 10, more.parts)),
    connections: more.connections ?? {},
    machineBusy: more.machineBusy ?? 0.5,
  },
});

/** Figures of a route that answered everything. */
export const figures = (requests: number, p50Ms: number, p99Ms = 2 * p50Ms): RouteFigures => ({
  requests,
  failed: 0,
  p50Ms,
  p95Ms: p99Ms,
  p99Ms,
});
