import type { DatabaseName, ServiceName } from '../environment.ts';
import type { Deployed } from './deployed.ts';

/** A component as it runs now. A database has neither an admin nor a control port; what is down has no pid. */
export interface Component {
  name: ServiceName | DatabaseName;
  pid: number | undefined;
  port: number;
  adminPort?: number;
  controlPort?: number;
}

/** Every component, by its first replica: those that run code of ours, then the databases. */
export function listComponents(all: readonly Deployed[]): Component[] {
  return [...all.flatMap(listServices), ...all.flatMap(listDatabases)];
}

function listServices({ ground: { layout }, services }: Deployed): Component[] {
  return layout.services.flatMap(({ name }) =>
    (services.get(name)?.replicas ?? []).slice(0, 1).map(({ process, port, adminPort, controlPort }) => ({
      name,
      pid: process.pid(),
      port,
      adminPort,
      controlPort,
    })),
  );
}

function listDatabases({ ground: { layout }, databases }: Deployed): Component[] {
  return layout.databases.flatMap((name) => {
    const server = databases.get(name);
    return server ? [{ name, pid: server.process.pid(), port: server.port }] : [];
  });
}
