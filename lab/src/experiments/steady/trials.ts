import { allTopologies, type Topology } from '../../environments/environment.ts';
import { createDraw, type DrawBelow } from '../../statistics/random.ts';
import type { LabOptions } from '../experiment.ts';

const controls: ReadonlySet<Topology> = new Set(['monolith-replicated', 'microservices-shared-db']);

/** Trials of a topology: `usual` unless told otherwise; of controls half as many, at least 3; one when quick. */
export const trialsOf = (topology: Topology, { trials, quick }: LabOptions, usual: number): number => {
  const asked = trials ?? (quick ? 1 : usual);
  if (!controls.has(topology)) return asked;
  return Math.min(asked, quick ? 1 : Math.max(3, Math.ceil(asked / 2)));
};

/** Fisher and Yates. */
const shuffled = <T>(values: readonly T[], draw: DrawBelow): T[] => {
  const left = [...values];
  return values.flatMap(() => left.splice(draw(left.length), 1));
};

/** The first draws of neighbouring seeds resemble each other; these are thrown away. */
const discarded = 20;

const drawFrom = (seed: number): DrawBelow => {
  const draw = createDraw(seed);
  for (let i = 0; i < discarded; i += 1) draw(2);
  return draw;
};

/** One trial of each topology, in the order in which they are run. */
export interface Block {
  trial: number;
  order: Topology[];
}

/**
 * Topologies in random order, then in the reverse of it, then in a new random order, and so on: a machine that grows
 * slower by the minute does so to all of them alike (randomised blocks in ABBA pairs).
 */
export const blocksOf = (options: LabOptions): Block[] => {
  const draw = drawFrom(options.seed);
  let order: Topology[] = [];
  return Array.from({ length: 100 }, (_, index) => {
    order = index % 2 === 0 ? shuffled(options.topologies, draw) : [...order].reverse();
    return { trial: index + 1, order };
  });
};

/** The blocks with only those topologies that still have a trial to run when `usual` trials are wanted. */
export const interleaved = (options: LabOptions, usual: number): Block[] =>
  blocksOf(options)
    .map(({ trial, order }) => ({
      trial,
      order: order.filter((topology) => trial <= trialsOf(topology, options, usual)),
    }))
    .filter(({ order }) => order.length > 0);

/** Topologies in the order in which a report shows them. */
export const inOrder = (found: Iterable<Topology>): Topology[] => {
  const there = new Set(found);
  return allTopologies.filter((topology) => there.has(topology));
};
