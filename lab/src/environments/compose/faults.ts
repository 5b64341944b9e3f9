// Faults of a container, each seen to have happened.
import type { Container } from './containers.ts';
import type { Engine } from './engine.ts';
import { ready, seen } from './waiting.ts';

/**
 * SIGKILL to all that runs in it. Docker takes that for a stop by hand: its restart policy leaves the container down.
 */
export async function kill(engine: Engine, container: Container): Promise<void> {
  await engine.post(`/containers/${container.id}/kill`);
  await seen(engine, container, 'down', ({ isRunning }) => !isRunning);
}

/** Starts it if it is down. @throws Error when it does not become ready */
export async function restore(engine: Engine, container: Container): Promise<void> {
  if (!container.isRunning) await engine.post(`/containers/${container.id}/start`);
  await ready(engine, container);
}

/** Freezes every process in it. */
export async function pause(engine: Engine, container: Container): Promise<void> {
  await engine.post(`/containers/${container.id}/pause`);
  await seen(engine, container, 'paused', ({ isPaused }) => isPaused);
}

/** @throws Error too when it did not stay paused in the meantime */
export async function resume(engine: Engine, container: Container): Promise<void> {
  if (!container.isPaused) throw new Error(`${container.name} did not stay paused`);
  await engine.post(`/containers/${container.id}/unpause`);
  await seen(engine, container, 'running again', ({ isPaused, isRunning }) => isRunning && !isPaused);
}

/** Stops it in order, within its grace period, and starts it again, whatever state it is in. */
export async function restart(engine: Engine, container: Container): Promise<void> {
  // a frozen process would sit the grace period out
  if (container.isPaused) await engine.post(`/containers/${container.id}/unpause`);
  await engine.post(`/containers/${container.id}/restart`);
  await ready(engine, container);
}
