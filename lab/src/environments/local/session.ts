import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LocalConfig } from './config.ts';
import { type DataFolder, openDataFolder, temporaryPath } from './data-folder.ts';
import { planPorts } from './port-plan.ts';
import { writeRoutes } from './routes-file.ts';
import type { Wiring } from './service-command.ts';
import { readState, writeState } from './state.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

/** What an environment holds from before its first component starts until after the last has ended. */
export interface Session {
  folder: DataFolder;
  wiring: Wiring;
  watchdog: Watchdog;
  close(): Promise<void>;
}

/**
 * Opens the data folder and settles ports, passwords and routes.
 * @throws CannotStart when the folder is not ours or in use, or when a fixed port is busy
 */
export async function openSession(
  config: LocalConfig,
  logLevel: string,
  dataDir: string | undefined,
): Promise<Session> {
  const temporary = dataDir === undefined ? temporaryPath() : undefined;
  const watchdog = startWatchdog(temporary);
  let folder: DataFolder | undefined;
  const close = async (): Promise<void> => {
    await folder?.release();
    await watchdog.close();
  };
  try {
    folder = await openDataFolder(dataDir ?? temporary ?? '', temporary !== undefined);
    const state = await readState(folder.path);
    const ports = await planPorts(config, state.ports);
    for (const name of ['databases', 'logs']) await mkdir(join(folder.path, name), { recursive: true });
    await writeState(folder.path, { ...state, ports });
    await writeRoutes(folder.path, ports);
    return { folder, wiring: { folder: folder.path, state, ports, logLevel }, watchdog, close };
  } catch (error) {
    await close();
    throw error;
  }
}
