// What was measured, as a model: CPU of each component as a line over the rate, and what one replica holds.
import type { Topology } from '../../environments/environment.ts';
import { medianInterval } from '../../statistics/median-interval.ts';
import type { CostRecord, IdleRecord, SteadyRecord } from '../cost/record.ts';
import { isDatabase } from '../steady/readings.ts';
import type { PartUse, Use } from '../steady/record.ts';
import { inOrder } from '../steady/trials.ts';

/** One component at one rate: cores are CPU seconds a second. */
export interface Load {
  rate: number;
  cores: number;
}

export interface PartModel {
  part: string;
  database: boolean;
  /** Cores with no load. */
  idleCores: number;
  /** CPU seconds of one request. */
  secondsPerRequest: number;
  /** Of one replica. */
  memoryBytes: number;
  /** Medians that the line was fitted to, upwards. */
  loads: Load[];
}

export interface Model {
  topology: Topology;
  parts: PartModel[];
  /** Clients of a database for each replica of the components that use it, at most. */
  connectionsPerReplica: Record<string, number>;
  /** That components receive for one request; null where the system does not count them. */
  bytesPerRequest: number | null;
}

const median = (values: readonly number[]): number => medianInterval(values).value;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const usesOf = (records: readonly { use: Use }[], part: string): { used: PartUse; seconds: number }[] =>
  records.flatMap(({ use }) =>
    use.parts.filter((one) => one.part === part).map((used) => ({ used, seconds: use.seconds })),
  );

const coresOf = (records: readonly { use: Use }[], part: string): number[] =>
  usesOf(records, part).map(({ used, seconds }) => used.cpuSeconds / seconds);

/** The slope of the line from `idle` that has the least squared errors. */
export const slopeOf = (loads: readonly Load[], idle: number): number =>
  Math.max(
    0,
    sum(loads.map(({ rate, cores }) => rate * (cores - idle))) / sum(loads.map(({ rate }) => rate * rate)),
  );

/** Cores of a component at a rate. */
export const coresAt = ({ idleCores, secondsPerRequest }: PartModel, rate: number): number =>
  idleCores + secondsPerRequest * rate;

/** The components that keep connections to a database. */
export const clientsOf = (database: string, parts: readonly string[]): string[] => {
  if (database !== 'shared-db') return parts.filter((part) => `${part}-db` === database);
  return parts.filter((part) => part !== 'gateway' && !isDatabase(part));
};

const windowsOf = (steady: readonly SteadyRecord[]) => steady.map(({ window }) => window);

const partModel = (part: string, idle: readonly IdleRecord[], steady: readonly SteadyRecord[]): PartModel => {
  const windows = windowsOf(steady);
  const rates = [...new Set(windows.map(({ rate }) => rate))].sort((a, b) => a - b);
  const loads = rates.map((rate) => ({
    rate,
    cores: median(
      coresOf(
        windows.filter((one) => one.rate === rate),
        part,
      ),
    ),
  }));
  const idles = coresOf(idle, part);
  const idleCores = idles.length === 0 ? 0 : median(idles);
  return {
    part,
    database: isDatabase(part),
    idleCores,
    secondsPerRequest: slopeOf(loads, idleCores),
    memoryBytes: median(usesOf(windows, part).map(({ used }) => used.memoryBytes / used.replicas)),
    loads,
  };
};

const connectionsOf = (database: string, windows: readonly { use: Use }[]): number => {
  const shares = windows.map(({ use }) => {
    const clients = clientsOf(
      database,
      use.parts.map(({ part }) => part),
    );
    const replicas = sum(use.parts.filter(({ part }) => clients.includes(part)).map((one) => one.replicas));
    return (use.connections[database] ?? 0) / Math.max(1, replicas);
  });
  return Math.max(0, ...shares);
};

const bytesOf = (steady: readonly SteadyRecord[]): number | null => {
  const received = windowsOf(steady).flatMap(({ use, rate }) => {
    const bytes = use.parts.flatMap((part) => part.receivedBytes ?? []);
    return bytes.length < use.parts.length ? [] : [sum(bytes) / use.seconds / rate];
  });
  return received.length === 0 ? null : median(received);
};

const modelOf = (topology: Topology, idle: readonly IdleRecord[], steady: readonly SteadyRecord[]): Model => {
  const windows = windowsOf(steady);
  const parts = [...new Set(windows.flatMap(({ use }) => use.parts.map(({ part }) => part)))];
  return {
    topology,
    parts: parts.map((part) => partModel(part, idle, steady)),
    connectionsPerReplica: Object.fromEntries(
      parts.filter(isDatabase).map((database) => [database, connectionsOf(database, windows)]),
    ),
    bytesPerRequest: bytesOf(steady),
  };
};

/** A model of each topology whose CPU cost was measured under the mix. `below`: only from lower rates. */
export const modelsOf = (records: readonly CostRecord[], below = Number.POSITIVE_INFINITY): Model[] => {
  const steady = records
    .filter((one) => one.kind === 'steady')
    .filter(({ load, window }) => load === 'mix' && window.use.parts.length > 0 && window.rate < below);
  const idle = records.filter((one) => one.kind === 'idle');
  return inOrder(steady.map(({ topology }) => topology)).map((topology) =>
    modelOf(
      topology,
      idle.filter((one) => one.topology === topology),
      steady.filter((one) => one.topology === topology),
    ),
  );
};
