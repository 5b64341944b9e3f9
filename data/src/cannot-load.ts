/** A condition that the user can mend: its message is the one sentence that they are shown. */
export class CannotLoad extends Error {
  override name = 'CannotLoad';
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ENOTFOUND: 'its host is not known',
  '28P01': 'the role or its password is wrong',
  '3D000': 'there is no such database',
  '42P01': 'its tables are not there: run its migration first',
  '42501': 'the role may not do this: give the URL of the migrator, which owns the tables',
};

/** An error of a database, in words, without the URL: that holds a password. */
export function explain(database: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CannotLoad) return error;
  const reason = 'code' in error ? reasons[String(error.code)] : undefined;
  return reason === undefined
    ? error
    : new CannotLoad(`${database} cannot be loaded: ${reason}.`, { cause: error });
}
