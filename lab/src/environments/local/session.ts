import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Topology } from '../environment.ts';
import type { LocalConfig } from './config.ts';
import { type DataFolder, openDataFolder, temporaryPath } from './data-folder.ts';
import { type PlaceName, placeFolder, placeOf } from './places.ts';
import { planPorts, portsIn } from './port-plan.ts';
import { type Ports, readState, type State, writeState } from './state.ts';
import { startWatchdog, type Watchdog } from './watchdog.ts';

/** A place that is open: its folder, passwords and ports. */
export interface Home {
  folder: string;
  state: State;
  ports: Ports;
}

/** What an environment holds from before its first component starts until after the last has ended. */
export interface Session {
  folder: DataFolder;
  /** `main` is always there. */
  homes: ReadonlyMap<PlaceName, Home>;
  superuserPassword: string;
  /** Every port that belongs to a component, whether it runs or not. */
  ports: Set<number>;
  watchdog: Watchdog;
  close(): Promise<void>;
}

/**
 * Opens the data folder and settles ports and passwords.
 * @throws CannotStart when the folder is not ours or in use, or when a fixed port is busy
 */
export async function openSession(
  config: LocalConfig,
  dataDir: string | undefined,
  topologies: readonly Topology[],
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
    const { path } = folder;
    const ports = new Set<number>();
    const open = async (place: PlaceName, superuserPassword?: string): Promise<Home> => {
      const home = await openHome({ path, place, config, topologies, taken: ports, superuserPassword });
      for (const port of portsIn(home.ports)) ports.add(port);
      return home;
    };
    const main = await open('main');
    const homes = new Map<PlaceName, Home>([['main', main]]);
    const { superuserPassword } = main.state;
    const controls = new Set(topologies.map(placeOf).filter((place) => place !== 'main'));
    for (const place of controls) homes.set(place, await open(place, superuserPassword));
    return { folder, homes, superuserPassword, ports, watchdog, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface HomeWish {
  path: string;
  place: PlaceName;
  config: LocalConfig;
  topologies: readonly Topology[];
  taken: ReadonlySet<number>;
  superuserPassword: string | undefined;
}

async function openHome({ path, place, config, topologies, taken, ...wish }: HomeWish): Promise<Home> {
  const folder = placeFolder(path, place);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const state = await readState(folder, place, wish.superuserPassword);
  const ports = await planPorts(place, config, topologies, state.ports, taken);
  for (const name of ['databases', 'logs']) await mkdir(join(folder, name), { recursive: true });
  await writeState(folder, { ...state, ports });
  return { folder, state, ports };
}
