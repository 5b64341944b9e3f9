import { within } from '../within.ts';
import { type Container, inspectContainer } from './containers.ts';
import type { Engine } from './engine.ts';

/** How long a fault may take to show, in milliseconds. */
export const SEEN_WITHIN_MS = 5_000;
/** How long a container may take to become ready; a database may have to recover. */
export const READY_WITHIN_MS = 180_000;

/** @throws Error naming what was expected of the container, when it does not happen in time */
export async function seen(
  engine: Engine,
  container: Container,
  what: string,
  is: (container: Container) => boolean,
  ms = SEEN_WITHIN_MS,
): Promise<void> {
  if (await becomes(engine, container, is, ms)) return;
  throw new Error(`expected ${container.name} to be ${what} within ${ms} ms`);
}

/** @throws Error when the container is not healthy in time */
export const ready = (engine: Engine, container: Container): Promise<void> =>
  seen(engine, container, 'ready', isHealthy, READY_WITHIN_MS);

/** Whether the container is healthy in time. */
export const becomesReady = (engine: Engine, container: Container, ms: number): Promise<boolean> =>
  becomes(engine, container, isHealthy, ms);

const isHealthy = (container: Container): boolean => container.isHealthy;

const becomes = (engine: Engine, { id }: Container, is: (container: Container) => boolean, ms: number) =>
  within(ms, async () => {
    const container = await inspectContainer(engine, id);
    return container !== undefined && is(container);
  });
