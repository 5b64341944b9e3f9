// A database's superuser, asked over the socket in its own container.
import { read } from './command.ts';

/** The arguments of `docker` for a session that reads statements from stdin and ends with the first error. */
export const psqlCommand = (container: string, database: string): string[] => [
  ...['exec', '--interactive', '--env=PGAPPNAME=cleave-lab', container],
  ...['psql', '--username=postgres', '--no-psqlrc', '--quiet', '--no-align', '--tuples-only'],
  ...['--set=ON_ERROR_STOP=1', database],
];

/** @returns the rows of all statements as text, one a line */
export const query = (container: string, database: string, sql: string): Promise<string> =>
  read('docker', psqlCommand(container, database), { input: sql });

/** Client connections besides the one that asks. */
export async function countConnections(container: string): Promise<number> {
  const others = "backend_type = 'client backend' and pid <> pg_backend_pid()";
  return Number(await query(container, 'postgres', `select count(*) from pg_stat_activity where ${others};`));
}
