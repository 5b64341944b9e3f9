import pg from 'pg';

const { escapeIdentifier, escapeLiteral } = pg;

interface Account {
  role: string;
  password: string;
}

const accountOf = (url: string): Account => {
  const { username, password } = new URL(url);
  return { role: decodeURIComponent(username), password: decodeURIComponent(password) };
};

/**
 * Makes the database that the URLs name, a migrator role that owns it and an application role that may only
 * connect. Nothing that exists is lost; passwords are set to those of the URLs.
 */
export async function provision(superuserUrl: string, migratorUrl: string, appUrl: string): Promise<void> {
  const database = escapeIdentifier(new URL(migratorUrl).pathname.slice(1));
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    // one after the other, until the connection ends: what two change at the same moment fails for one of them
    await client.query(`select pg_advisory_lock(hashtext('cleave: provision'))`);
    const migrator = accountOf(migratorUrl);
    const app = accountOf(appUrl);
    const mayAll = await isSuperuser(client);
    for (const account of [migrator, app]) await createRole(client, account, mayAll);
    // others can give a role something, and take something of its own away, as its members
    if (!mayAll) await client.query(`grant ${escapeIdentifier(migrator.role)} to current_role`);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      new URL(migratorUrl).pathname.slice(1),
    ]);
    if (rowCount === 0) await client.query(`create database ${database}`);
    await client.query(`alter database ${database} owner to ${escapeIdentifier(migrator.role)}`);
    await client.query(`revoke all on database ${database} from public`);
    await client.query(`grant connect on database ${database} to ${escapeIdentifier(app.role)}`);
  } finally {
    await client.end();
  }
}

async function createRole(client: pg.Client, { role, password }: Account, mayAll: boolean): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  // who is no superuser may not even say nosuperuser of a role that exists
  const attributes =
    mayAll || verb === 'create' ? 'login nosuperuser nocreatedb nocreaterole noreplication' : 'login';
  await client.query(
    `${verb} role ${escapeIdentifier(role)} ${attributes} password ${escapeLiteral(password)}`,
  );
}

/** The master of a managed server may make roles and databases and is no superuser all the same. */
async function isSuperuser(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query('select from pg_roles where rolname = current_role and rolsuper');
  return rowCount === 1;
}
