// All trials of a topology in a few numbers.
import { allTopologies, type Topology } from '../../environments/environment.ts';
import { medianInterval } from '../../statistics/median-interval.ts';
import { type Counted, type CountedRoll, type Group, groups, sumOf } from './counts.ts';
import type { BuiltImage, CodeRecord, RollRecord } from './record.ts';

/** The median of the trials, and the least and the most of them. */
export interface Spread {
  median: number;
  least: number;
  most: number;
  /** One a trial. */
  values: readonly number[];
}

export interface TopologyDelivery {
  topology: Topology;
  environment: RollRecord['environment'];
  trials: number;
  /** Images of the last trial; null where there are none. */
  images: BuiltImage[] | null;
  restarted: RollRecord['restarted'];
  modules: string[];
  processes: number;
  /** Seconds: building all images; from the order to the first new answer; to the last old replica. */
  build: Spread | null;
  answer: Spread;
  rolled: Spread;
  /** From the change to the first answer by it: building and rolling out. */
  total: Spread;
  byGroup: Record<Group, Counted>;
  all: Counted;
  failedBefore: number;
}

export interface Digest {
  topologies: TopologyDelivery[];
  code: CodeRecord | undefined;
}

const spread = (values: readonly number[]): Spread => ({
  median: medianInterval(values).value,
  least: Math.min(...values),
  most: Math.max(...values),
  values,
});

const buildSeconds = ({ images }: RollRecord): number =>
  (images ?? []).reduce((sum, { seconds }) => sum + seconds, 0);
const answerSeconds = ({ orderedAtMs, answeredAtMs }: RollRecord): number =>
  (answeredAtMs - orderedAtMs) / 1_000;
const rolledSeconds = ({ orderedAtMs, rolledAtMs }: RollRecord): number => (rolledAtMs - orderedAtMs) / 1_000;

function digestTopology(topology: Topology, counted: readonly CountedRoll[]): TopologyDelivery[] {
  const last = counted.at(-1)?.roll;
  if (last === undefined) return [];
  const rolls = counted.map(({ roll }) => roll);
  const group = (name: Group): Counted => sumOf(counted.map(({ byGroup }) => byGroup[name]));
  const byGroup = { users: group('users'), threads: group('threads'), posts: group('posts') };
  return [
    {
      topology,
      environment: last.environment,
      trials: rolls.length,
      images: last.images,
      restarted: last.restarted,
      modules: last.modules,
      processes: last.processes,
      build: last.images === null ? null : spread(rolls.map(buildSeconds)),
      answer: spread(rolls.map(answerSeconds)),
      rolled: spread(rolls.map(rolledSeconds)),
      total: spread(rolls.map((roll) => buildSeconds(roll) + answerSeconds(roll))),
      byGroup,
      all: sumOf(groups.map((name) => byGroup[name])),
      failedBefore: counted.reduce((sum, { failedBefore }) => sum + failedBefore, 0),
    },
  ];
}

export const digest = (counted: readonly CountedRoll[], code: CodeRecord | undefined): Digest => ({
  topologies: allTopologies.flatMap((topology) =>
    digestTopology(
      topology,
      counted.filter(({ roll }) => roll.topology === topology),
    ),
  ),
  code,
});

/** How many processes of ours are new, and by how many images changed. */
export const restartedProcesses = ({ restarted }: TopologyDelivery): number =>
  restarted.reduce((sum, { processes }) => sum + processes, 0);
export const changedImages = ({ images }: TopologyDelivery): BuiltImage[] =>
  (images ?? []).filter(({ newLayers }) => newLayers > 0);
