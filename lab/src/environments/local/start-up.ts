import type { DatabaseName, PartName } from '../environment.ts';
import { sameVersion } from '../environment.ts';
import { layouts, type Owner, type ServiceSpec, type Store } from '../layout.ts';
import { clusterOf, logFile } from './data-folder.ts';
import { startDatabase } from './database.ts';
import type { Deployed } from './deployed.ts';
import { runToEnd } from './launch.ts';
import { makeClusters } from './postgres-cluster.ts';
import { createReplica, replicaHost, startReplica } from './replica.ts';
import { migrateCommand } from './service-command.ts';
import type { Session } from './session.ts';

/** The number of components that `npm start` has. */
export const componentCount = [layouts.monolith, layouts.microservices]
  .map(({ services, databases }) => services.length + databases.length)
  .reduce((total, count) => total + count);

/**
 * Starts all components of these topologies. Each service starts as soon as its own database is ready and migrated.
 * @param onReady called as each component becomes ready
 * @throws CannotStart for the first that fails; the others may be running then
 */
export async function startAll(
  all: readonly Deployed[],
  session: Session,
  abort: AbortController,
  onReady: (deployed: Deployed, name: PartName) => void,
): Promise<void> {
  const household = {
    logFile: logFile(session.folder.path, 'initdb'),
    watchdog: session.watchdog,
    stopSignal: 'SIGTERM',
  } as const;
  const clusters = all.flatMap(({ ground }) =>
    ground.layout.databases.map((name) => clusterOf(ground.home.folder, name)),
  );
  const made = makeClusters(clusters, session.superuserPassword, household, abort.signal);
  const chains = all.flatMap((deployed) => startTopology(deployed, made, (name) => onReady(deployed, name)));
  for (const chain of chains) chain.catch((error) => abort.abort(error));
  await Promise.allSettled(chains);
  abort.signal.throwIfAborted();
}

type OnReady = (name: PartName) => void;

function startTopology(deployed: Deployed, made: Promise<void>, onReady: OnReady): Promise<void>[] {
  const { layout } = deployed.ground;
  const servers = new Map(
    layout.databases.map((name) => [name, made.then(() => openDatabase(deployed, name, onReady))]),
  );
  return [
    ...servers.values(),
    ...layout.services.map(async (spec) => {
      const { name, store } = spec;
      if (store && name !== 'gateway') {
        await servers.get(store.server);
        await migrate(deployed, name, store);
      }
      await startService(deployed, spec, onReady);
    }),
  ];
}

async function openDatabase(deployed: Deployed, name: DatabaseName, onReady: OnReady): Promise<void> {
  deployed.databases.set(name, await startDatabase(deployed.ground, name));
  onReady(name);
}

async function migrate({ ground }: Deployed, owner: Owner, store: Store): Promise<void> {
  const { home, session, abort } = ground;
  const household = {
    logFile: logFile(home.folder, `${owner}-migrate`),
    watchdog: session.watchdog,
    stopSignal: 'SIGTERM',
  } as const;
  await runToEnd(`Migrating ${store.server}`, migrateCommand(owner, store, home), household, abort.signal);
}

async function startService(deployed: Deployed, spec: ServiceSpec, onReady: OnReady): Promise<void> {
  const { ground, services } = deployed;
  const numbers = Array.from({ length: spec.replicas }, (_, index) => index + 1);
  const replicas = await Promise.all(
    numbers.map((number) => createReplica(ground, spec, number, sameVersion)),
  );
  services.set(spec.name, { spec, version: sameVersion, replicas });
  await Promise.all(replicas.map((replica) => startReplica(ground, replica)));
  onReady(spec.name);
}

/** Sends requests to the replicas that a topology begins with. */
export async function directFirst({ ground, traffic }: Deployed): Promise<void> {
  for (const { name, replicas } of ground.layout.services) {
    traffic.direct(
      name,
      Array.from({ length: replicas }, (_, index) => replicaHost(index + 1)),
    );
  }
  await traffic.write();
}
