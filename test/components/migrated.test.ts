import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { awaitMigrations } from '@cleave/module-kit/migrated';
import { postsMigrations } from '@cleave/posts/migrations';
import { until } from '../support/until.ts';
import { type Databases, query, startDatabases } from './databases.ts';

describe('the wait for migrations', () => {
  let databases: Databases;
  before(async () => {
    databases = await startDatabases();
  });
  after(() => databases.server.stop());

  const waitFor = (migrations: typeof postsMigrations, said: string[]) =>
    awaitMigrations([migrations], { DATABASE_URL: databases.url('services/posts', 'app') }, (reason) =>
      said.push(reason),
    );

  it('ends when the migration step has run, and not before, and says what it waits for', async () => {
    const said: string[] = [];
    let isOver = false;
    const over = waitFor(postsMigrations, said).then(() => {
      isOver = true;
    });
    await until('it waits', async () => said.length > 0);
    assert.match(said.join('\n'), /posts_app/); // there is no such role yet
    assert.equal(isOver, false);
    await databases.migrate('services/posts');
    await over;
  });

  it('waits for a migration that only the new version knows', async () => {
    const added = { ...postsMigrations.migrations, '0099-added': { up: async () => undefined } };
    const said: string[] = [];
    const over = waitFor({ ...postsMigrations, migrations: added }, said);
    await until('it waits', async () => said.length > 0);
    assert.deepEqual(said, ['posts 0099-added has not run']);
    const migrator = databases.url('services/posts', 'migrator');
    await query(migrator, `insert into posts.kysely_migration values ('0099-added', now()::text)`);
    await over;
  });

  it('ends at once when the database has had more than this version knows', async () => {
    await waitFor(postsMigrations, []);
  });
});
