import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { databases, inspect, script, sql } from './containers.ts';

const nameOf = (database: string): string => (database === 'monolith-db' ? 'forum' : database.slice(0, -3));

/** Tries a TCP connection to PostgreSQL from a service's container. @returns `connected` or what went wrong */
const connect = (service: string, host: string): Promise<string> =>
  script(
    service,
    `import { lookup } from 'node:dns/promises';
    import { connect } from 'node:net';
    const end = (what) => { console.log(what); process.exit(); };
    const { address } = await lookup('${host}').catch((error) => end(error.code)); // no answer takes seconds
    connect({ host: address, port: 5432, timeout: 1_000 })
      .on('connect', () => end('connected')).on('timeout', () => end('timeout')).on('error', (e) => end(e.code));`,
  );

/** Sends a statement as a component does, with its own credential. @returns `done` or PostgreSQL's error code */
const asComponent = (service: string, statement: string): Promise<string> =>
  script(
    service,
    `import { readFileSync } from 'node:fs';
    import pg from '/app/node_modules/pg/esm/index.mjs';
    const client = new pg.Client({ connectionString: readFileSync('/credentials/app/url', 'utf8') });
    await client.connect();
    console.log(await client.query(${JSON.stringify(statement)}).then(() => 'done', (error) => error.code));
    await client.end();`,
  );

describe('a database', () => {
  it('is reached by the service that owns it', async () => {
    assert.equal(await connect('users', 'users-db'), 'connected');
  });

  for (const stranger of ['users', 'threads', 'gateway', 'monolith']) {
    it(`is reached by ${stranger} neither by name nor by address, being another's`, async () => {
      const address = await inspect('posts-db', '{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}');
      assert.match(address, /^\d+\.\d+\.\d+\.\d+$/);
      assert.match(await connect(stranger, 'posts-db'), /ENOTFOUND|EAI_AGAIN/);
      assert.match(await connect(stranger, address), /timeout|EHOSTUNREACH|ENETUNREACH|ECONNREFUSED/);
    });
  }

  for (const database of databases) {
    it(`is ready to move its tables to another server (${database})`, async () => {
      assert.equal(await sql(database, nameOf(database), 'show wal_level'), 'logical');
    });

    it(`belongs to a migrator, and the component's role is an ordinary one (${database})`, async () => {
      const name = nameOf(database);
      const owner = `select pg_get_userbyid(datdba) from pg_database where datname = '${name}'`;
      assert.equal(await sql(database, 'postgres', owner), `${name}_migrator`);
      const powers = 'rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls';
      const roles = `select rolname from pg_roles where rolcanlogin and (${powers})`;
      assert.equal(await sql(database, 'postgres', roles), 'postgres');
    });
  }
});

describe("a component's role", () => {
  const forbidden = {
    'make a table': 'create table users.mine (id int)',
    'change a table': 'alter table users.users add column mine int',
    'drop a table': 'drop table users.users',
    'empty a table': 'truncate users.users',
    'delete a user': 'delete from users.users where id = 1',
    'read passwords': 'select rolpassword from pg_authid',
    'read files of the server': "select pg_read_file('/etc/passwd')",
    'run programs on the server': "copy (select 1) to program 'cat'",
  };
  for (const [deed, statement] of Object.entries(forbidden)) {
    it(`may not ${deed}`, async () => {
      assert.equal(await asComponent('users', statement), '42501');
    });
  }

  it('may read its rows', async () => {
    assert.equal(await asComponent('users', 'select * from users.users limit 1'), 'done');
  });
});
