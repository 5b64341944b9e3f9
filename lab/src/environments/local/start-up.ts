import { type ComponentName, databases, type Service, services } from '../driver.ts';
import { clusterOf, type DataFolder, logFile } from './data-folder.ts';
import { type Owner, owners, stores } from './entry-points.ts';
import { runToEnd } from './launch.ts';
import { makeClusters } from './postgres-cluster.ts';
import { superviseServer } from './postgres-server.ts';
import { isReady } from './readiness.ts';
import { migrateCommand, serviceCommand, type Wiring } from './service-command.ts';
import { type Supervised, supervise } from './supervise.ts';
import type { Watchdog } from './watchdog.ts';

export interface StartUp {
  folder: DataFolder;
  wiring: Wiring;
  watchdog: Watchdog;
  abort: AbortController;
  /** Is given every process before it is started, so that it can be stopped at any time. */
  processes: Map<ComponentName, Supervised>;
  report: (sentence: string) => void;
  /** Called as each component becomes ready. */
  onReady: (name: ComponentName) => void;
}

/**
 * Starts all components. Each service starts as soon as its own database is ready and migrated.
 * @throws CannotStart for the first that fails; the others may be running then
 */
export async function startAll(startUp: StartUp): Promise<void> {
  const { folder, wiring, watchdog, abort } = startUp;
  const clusters = databases.map((name) => clusterOf(folder.path, name));
  const household = { logFile: logFile(folder, 'initdb'), watchdog, stopSignal: 'SIGTERM' } as const;
  const made = makeClusters(clusters, wiring.state.superuserPassword, household, abort.signal);
  const chains = [
    startService(startUp, 'gateway'),
    ...owners.map((owner) => made.then(() => startOwner(startUp, owner))),
  ];
  for (const chain of chains) chain.catch((error) => abort.abort(error));
  await Promise.allSettled(chains);
  abort.signal.throwIfAborted();
}

async function startOwner(startUp: StartUp, owner: Owner): Promise<void> {
  await startDatabase(startUp, owner);
  const { folder, wiring, watchdog, abort } = startUp;
  const household = {
    logFile: logFile(folder, `${owner}-migrate`),
    watchdog,
    stopSignal: 'SIGTERM',
  } as const;
  await runToEnd(`Migrating ${stores[owner].server}`, migrateCommand(owner, wiring), household, abort.signal);
  await startService(startUp, owner);
}

async function startDatabase(startUp: StartUp, owner: Owner): Promise<void> {
  const { folder, wiring, watchdog, report } = startUp;
  const name = stores[owner].server;
  const server = await superviseServer(
    { dataDir: clusterOf(folder.path, name), port: wiring.ports.databases[name], durable: !folder.temporary },
    { name, logFile: logFile(folder, name), watchdog, report },
  );
  await start(startUp, name, server);
}

async function startService(startUp: StartUp, name: Service): Promise<void> {
  const { folder, wiring, watchdog, report } = startUp;
  const service = supervise({
    name,
    command: () => serviceCommand(name, wiring),
    isReady: () => isReady(wiring.ports.services[name].adminPort),
    logFile: logFile(folder, name),
    stopSignal: 'SIGTERM',
    graceMs: 4_500, // a drain has 3 s
    watchdog,
    report,
  });
  await start(startUp, name, service);
}

async function start({ abort, processes, onReady }: StartUp, name: ComponentName, process: Supervised) {
  abort.signal.throwIfAborted();
  processes.set(name, process);
  await process.start();
  onReady(name);
}

/** The number of components that become ready. */
export const componentCount = databases.length + services.length;
