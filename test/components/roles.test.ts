import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type Databases, type Owner, query, startDatabases } from './databases.ts';

const owners: Owner[] = ['monolith', 'services/users', 'services/threads', 'services/posts'];

describe('the migration step', () => {
  let databases: Databases;
  before(async () => {
    databases = await startDatabases();
    for (const owner of owners) await databases.migrate(owner);
  });
  after(() => databases.server.stop());

  const asApp = (owner: Owner, sql: string) => query(databases.url(owner, 'app'), sql);
  const denied = /permission denied|must be owner/;

  it('changes nothing when it is run again, also by several at once', async () => {
    const before = await query(databases.url('services/posts', 'migrator'), 'table posts.kysely_migration');
    const several = Array.from({ length: 5 }, () => databases.migrate('services/posts'));
    assert.deepEqual(await Promise.all(several), ['', '', '', '', '']);
    assert.deepEqual(
      await query(databases.url('services/posts', 'migrator'), 'table posts.kysely_migration'),
      before,
    );
    assert.deepEqual(await asApp('services/posts', 'select count(*)::int from posts.posts'), [{ count: 6 }]);
  });

  it('lets the components do what they have to', async () => {
    const insert = `insert into posts.posts (thread, text, "user") values (1, 'x', 1)`;
    await asApp('services/posts', insert);
    await asApp('services/posts', `delete from posts.posts where text = 'x'`);
    await asApp('services/users', `update users.users set bio = bio`);
    await asApp('monolith', insert);
  });

  const forbidden: Record<Owner, string[]> = {
    'services/users': ['delete from users.users', 'truncate users.users'],
    'services/threads': ['delete from threads.threads', 'update threads.threads set title = title'],
    'services/posts': ['update posts.posts set text = text', 'truncate posts.posts'],
    monolith: [
      'delete from users.users',
      'update posts.posts set text = text',
      'table monolith.kysely_migration',
    ],
  };
  for (const [owner, statements] of Object.entries(forbidden) as [Owner, string[]][]) {
    it(`lets the role of ${owner} do no more than that`, async () => {
      const schema = owner === 'monolith' ? 'users' : (owner.split('/')[1] ?? '');
      const all = [
        ...statements,
        `table ${schema}.kysely_migration`,
        `create table ${schema}.more (id int)`,
        'create table public.more (id int)',
        'create temp table more (id int)',
        'create schema more',
        'create role more',
        'create database more',
        `drop table ${schema}.idempotency`,
        `alter table ${schema}.${schema} add more int`,
        `create index on ${schema}.${schema} (id)`,
        'select rolpassword from pg_authid',
        `copy ${schema}.${schema} to program 'cat'`,
        `select pg_read_file('/etc/hostname')`,
      ];
      for (const statement of all) await assert.rejects(asApp(owner, statement), denied, statement);
    });
  }

  it('lets no role into the database of another', async () => {
    for (const [one, other] of [
      ['services/users', 'services/posts'],
      ['services/posts', 'monolith'],
      ['monolith', 'services/threads'],
    ] as [Owner, Owner][]) {
      for (const role of ['app', 'migrator'] as const) {
        const url = new URL(databases.url(one, role));
        url.pathname = new URL(databases.url(other, 'app')).pathname;
        await assert.rejects(query(url.href, 'select 1'), /permission denied for database/);
      }
    }
  });

  it('makes roles that are neither superusers nor may make others', async () => {
    const rows = await query(
      databases.server.superuserUrl('postgres'),
      `select from pg_roles where rolname ~ '_(app|migrator)$' and (rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls)`,
    );
    assert.deepEqual(rows, []);
  });
});
