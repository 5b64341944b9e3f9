import { noiseFloor, resolvable } from '../../statistics/noise-floor.ts';
import { everything } from '../steady/figures.ts';
import { allParts, databases, type Kind, ourCode } from '../steady/readings.ts';

/** What cost compares, compared here with itself. */
export const compared = ['p50', 'p99', 'cpu'] as const satisfies Kind[];
export type Compared = (typeof compared)[number];

/** Shares: what the same thing measured twice differs by, all of a topology together or one route or component. */
export interface Floor {
  overall: number;
  single: number;
}
export type Floors = Readonly<Record<Compared, Floor>>;

/** One ratio of a thing to itself. */
export interface SelfRatio {
  kind: Compared;
  of: string;
  ratio: { value: number };
}

/** Fewer trials of each name say next to nothing about noise. */
export const fewestTrials = 3;

/** The floor where nothing was measured, and the bar of A/A. */
export const statedFloor = 0.03;

const overall: ReadonlySet<string> = new Set([everything, ourCode, databases, allParts]);

const isOverall = ({ of }: Pick<SelfRatio, 'of'>): boolean => overall.has(of);

const withStated =
  (estimate: (ratios: readonly number[]) => number) =>
  (ratios: readonly SelfRatio[]): number =>
    ratios.length === 0 ? statedFloor : estimate(ratios.map(({ ratio }) => ratio.value));

const byKind = (ratios: readonly SelfRatio[], of: (ratios: readonly SelfRatio[]) => number): Floors => {
  const floor = (kind: Compared): Floor => {
    const mine = ratios.filter((one) => one.kind === kind);
    return { overall: of(mine.filter(isOverall)), single: of(mine.filter((one) => !isOverall(one))) };
  };
  return { p50: floor('p50'), p99: floor('p99'), cpu: floor('cpu') };
};

/** Floors from ratios of things to themselves; the stated one where there are none. */
export const floorsOf = (ratios: readonly SelfRatio[]): Floors => byKind(ratios, withStated(noiseFloor));

/** The smallest true differences that have an 80 % chance to be found. */
export const resolvableOf = (ratios: readonly SelfRatio[]): Floors => byKind(ratios, withStated(resolvable));

/** The floor for a reading; what noise does not measure has the stated one. p95 is held against p99's. */
export const floorFor = (floors: Floors, kind: Kind, of: string): number => {
  const found = compared.find((one) => one === (kind === 'p95' ? 'p99' : kind));
  if (found === undefined) return statedFloor;
  return overall.has(of) ? floors[found].overall : floors[found].single;
};
