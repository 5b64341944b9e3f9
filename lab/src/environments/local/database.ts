import type { DatabaseName } from '../environment.ts';
import { clusterOf, logFile } from './data-folder.ts';
import { databasePort, type Ground, type Member, spokenName, startMember } from './ground.ts';
import { superviseServer } from './postgres-server.ts';

/** Starts a database server on its cluster, which is there, and resolves when it accepts connections. */
export async function startDatabase(ground: Ground, name: DatabaseName): Promise<Member> {
  const { home, session, report } = ground;
  const dataDir = clusterOf(home.folder, name);
  const port = databasePort(ground, name);
  const process = await superviseServer(
    { dataDir, port, durable: !session.folder.temporary },
    {
      name: spokenName(ground, name),
      logFile: logFile(home.folder, name),
      watchdog: session.watchdog,
      report,
    },
  );
  const server = { id: `${ground.topology}/${name}-1`, host: '127.0.0.1', port, process };
  await startMember(ground, server);
  return server;
}
