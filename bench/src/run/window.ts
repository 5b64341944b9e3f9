import { arriveAt } from '../load/arrive.ts';
import { saturate } from '../load/saturate.ts';
import type { Window } from '../result.ts';
import { type Components, cpuDuring } from './cpu.ts';
import type { Ground } from './ground.ts';
import { inRounds, type RoundsOptions } from './rounds.ts';

/** Something that is loaded, and the processes whose CPU time counts. */
export interface Target {
  name: string;
  /** `http://host:port` */
  origin: string;
  components: Components;
}

export interface Load {
  measure: string;
  pathsFile: string;
  seconds: number;
  /** Default 64. */
  connections?: number;
  /** In requests a second; without it, every connection always asks for more. */
  rate?: number;
}

/** Loads a target for a while. */
export async function loadWindow(
  { wrk }: Pick<Ground, 'wrk'>,
  { name, origin, components }: Target,
  { measure, rate, connections = 64, ...load }: Load,
  round: number,
): Promise<Window> {
  const options = { ...load, origin, connections, seed: round };
  const { cpuSeconds, result } = await cpuDuring(components, () =>
    rate === undefined ? saturate(wrk, options) : arriveAt(rate, options),
  );
  return { target: name, measure, round, cpuSeconds, ...result };
}

/** Loads the targets of each load in rounds, one load after the other. */
export async function loadInRounds(
  ground: Ground,
  loads: readonly (Load & RoundsOptions & { targets: readonly Target[] })[],
): Promise<Window[]> {
  const windows: Window[] = [];
  for (const { targets, rounds, warmUp, ...load } of loads) {
    const measure = (target: Target, round: number) => loadWindow(ground, target, load, round);
    windows.push(...(await inRounds(ground, load.measure, targets, measure, { rounds, warmUp })));
  }
  return windows;
}
