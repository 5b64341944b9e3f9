// A database's superuser, asked over the socket in its own container.
import { runInside, type Shell } from './shell.ts';

/** By which pg_stat_activity tells our sessions from those of components. */
export const applicationName = 'cleave-lab';

/** The words of a session that reads statements from stdin and ends with the first error. */
export const psqlCommand = (database: string): string[] => [
  ...['psql', '--no-psqlrc', '--quiet', '--no-align', '--tuples-only', '--set=ON_ERROR_STOP=1'],
  `dbname=${database} user=postgres application_name=${applicationName}`,
];

/** @returns the rows of all statements as text, one a line, columns split by `|` */
export const query = (inside: Shell, database: string, sql: string): Promise<string> =>
  runInside(inside, psqlCommand(database), sql);

/** Client connections besides the one that asks. */
export async function countConnections(inside: Shell): Promise<number> {
  const others = "backend_type = 'client backend' and pid <> pg_backend_pid()";
  return Number(await query(inside, 'postgres', `select count(*) from pg_stat_activity where ${others};`));
}
