// What each component weighs: its image, what it takes of memory while it idles, and how long it takes to start.
import type { Stack } from '../compose/stack.ts';
import { idleMemory } from './idle-memory.ts';
import { addedSize, type ImageSize } from './image-size.ts';
import type { Say } from './say.ts';
import { startTime } from './start-time.ts';
import { imageOf } from './targets.ts';

export const IDLE_MS = 15_000;
export const STARTS = 5;

export interface Weight {
  component: string;
  /** Above the base image; none for a database, whose image is not ours. */
  image: ImageSize | null;
  idleBytes: number;
  /** Median of the starts, in milliseconds. */
  startMs: number;
}

/** Where a component's admin port is, which is not open in all of its networks. */
const adminName = (component: string): string =>
  component === 'gateway' ? 'entrance' : `${component}-admin`;

/** @param components of ours, then databases, both as services of the stack, which is up */
export async function measureWeights(
  stack: Stack,
  { components, databases, base, say }: { components: string[]; databases: string[]; base: string; say: Say },
): Promise<Weight[]> {
  const containers = new Map<string, string>();
  for (const service of [...components, ...databases])
    containers.set(service, await stack.compose('ps', '--quiet', service));
  say.line(`Everything idles for ${IDLE_MS / 1_000} s ...`);
  const memory = await idleMemory([...containers.values()], IDLE_MS);
  const weights: Weight[] = [];
  for (const [component, container] of containers) {
    say.line(`Starting ${component} ${STARTS} times ...`);
    const isDatabase = databases.includes(component);
    weights.push({
      component,
      image: isDatabase ? null : await addedSize(imageOf(component, 'local'), base),
      idleBytes: memory.get(container) ?? 0,
      startMs: median(await startTimes(component, container, isDatabase)),
    });
  }
  return weights;
}

async function startTimes(component: string, container: string, isDatabase: boolean): Promise<number[]> {
  const names = [component, adminName(component)];
  const started = { container, names, isDatabase, probeImage: imageOf('users', 'local') };
  const times: number[] = [];
  while (times.length < STARTS) times.push(await startTime(started));
  return times;
}

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
