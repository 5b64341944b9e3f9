import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { provision } from '../../module-kit/src/provision.ts';
import { query, startDatabases } from './databases.ts';

describe('a master that is no superuser, as on a managed server', () => {
  let databases: Awaited<ReturnType<typeof startDatabases>>;
  before(async () => {
    databases = await startDatabases();
    await query(
      databases.server.superuserUrl('postgres'),
      `create role master login createrole createdb password 'master-s3cret'`,
    );
  });
  after(() => databases.server.stop());

  it('makes the database and its roles, and does so again', async () => {
    const master = `postgres://master:master-s3cret@127.0.0.1:${databases.server.port}/postgres`;
    const migrator = databases.url('services/users', 'migrator');
    const app = databases.url('services/users', 'app');
    for (const _ of ['first', 'again']) await provision(master, migrator, app);
    await query(migrator, 'create schema mine');
    const owner = await query(
      migrator,
      'select datdba::regrole::text as owner from pg_database where datname = current_database()',
    );
    assert.deepEqual(owner, [{ owner: 'users_migrator' }]);
    await assert.rejects(query(app, 'create schema mine2'), /permission denied/);
  });
});
