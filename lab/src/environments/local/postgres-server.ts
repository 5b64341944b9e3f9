import type { Household } from './launch.ts';
import { findPostgres } from './postgres-binaries.ts';
import { type ServerOptions, serverCommand } from './postgres-command.ts';
import { clearStalePostmaster, isAccepting } from './postmaster.ts';
import { type Supervised, supervise } from './supervise.ts';

/** Who is told of a server, and under which name. */
export interface ServerHousehold extends Omit<Household, 'stopSignal'> {
  name: string;
  report: (sentence: string) => void;
}

/**
 * A supervised server on a cluster that is there; not started yet.
 * @throws CannotStart when a server is running on the folder already
 */
export async function superviseServer(
  options: ServerOptions,
  household: ServerHousehold,
): Promise<Supervised> {
  const { postgres } = await findPostgres();
  await clearStalePostmaster(options.dataDir);
  return supervise({
    ...household,
    command: () => serverCommand(postgres, options),
    isReady: (pid) => isAccepting(options.dataDir, pid),
    stopSignal: 'SIGINT', // drops the connections; SIGTERM would wait for the clients to leave
    graceMs: 3_000,
  });
}
