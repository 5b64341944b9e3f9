// Faults of a task's container, or of a database's. A task that ended is replaced by ECS, which is part of what is
// measured; a database that ended stays down until `restore`.
import { z } from 'zod';
import { type Container, inspectContainer } from '../compose/containers.ts';
import type { Engine } from '../compose/engine.ts';
import { insideOf } from '../compose/shell.ts';
import { READY_WITHIN_MS, SEEN_WITHIN_MS } from '../compose/waiting.ts';
import type { DatabaseName, PartName, ServiceName } from '../environment.ts';
import { runInside } from '../inside/shell.ts';
import { within } from '../within.ts';
import { containersOf } from './containers.ts';
import { firstOf, type Site, serves } from './site.ts';

const mounts = z.object({ HostConfig: z.object({ Tmpfs: z.record(z.string(), z.string()).nullish() }) });

export const isDatabase = (part: PartName): part is DatabaseName => part.endsWith('-db');
const asService = (part: PartName): ServiceName => {
  if (isDatabase(part)) throw new Error(`${part} is a database`);
  return part;
};

/** SIGKILL to all that runs in it. */
export async function kill(site: Site, part: PartName): Promise<void> {
  const container = await firstOf(site, part);
  if (isDatabase(part)) await requireDisk(site.engine, container);
  await site.engine.post(`/containers/${container.id}/kill`);
  // ECS may have taken it away before we look
  const isGone = async (): Promise<boolean> =>
    (await inspectContainer(site.engine, container.id))?.isRunning !== true;
  if (await within(SEEN_WITHIN_MS, isGone)) return;
  throw new Error(`expected ${container.name} to be down within ${SEEN_WITHIN_MS} ms`);
}

/** Resolves when a part is whole again: by ECS's doing, or for a database by ours. */
export async function restore(site: Site, part: PartName): Promise<void> {
  if (!isDatabase(part)) return serves(site, asService(part));
  const database = await firstOf(site, part);
  if (!database.isRunning) await site.engine.post(`/containers/${database.id}/start`);
  await answersAgain(database);
}

/** Ends all tasks in order, which ECS replaces; a database is started again by itself. */
export async function restart(site: Site, part: PartName): Promise<void> {
  const containers = await containersOf(site.engine, site.name, part);
  if (isDatabase(part)) {
    for (const database of containers) {
      await requireDisk(site.engine, database);
      await site.engine.post(`/containers/${database.id}/restart`);
      await answersAgain(database);
    }
    return;
  }
  // a frozen process would sit the grace period out
  for (const { id, isPaused } of containers)
    if (isPaused) await site.engine.post(`/containers/${id}/unpause`);
  await Promise.all(containers.map(({ id }) => site.engine.post(`/containers/${id}/stop?t=30`)));
  await serves(site, asService(part));
}

/** @throws Error when the emulator keeps the data in memory: it would be gone after the next start */
async function requireDisk(engine: Engine, { id, name }: Container): Promise<void> {
  const { HostConfig } = mounts.parse(await engine.get(`/containers/${id}/json`));
  if (Object.keys(HostConfig.Tmpfs ?? {}).length === 0) return;
  throw new Error(
    `${name} keeps its data in memory and would lose it: start the emulator with RDS_PERSIST=1`,
  );
}

async function answersAgain(database: Container): Promise<void> {
  const isReady = async (): Promise<boolean> => {
    try {
      await runInside(insideOf(database.name), [
        'pg_isready',
        '--quiet',
        '--host=127.0.0.1',
        '--username=postgres',
      ]);
      return true;
    } catch (error) {
      if (error instanceof Error && /ended with/.test(error.message)) return false;
      throw error;
    }
  };
  if (await within(READY_WITHIN_MS, isReady, 250)) return;
  throw new Error(`${database.name} does not answer again`);
}
