import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CannotLoad } from '../src/cannot-load.ts';
import { load } from '../src/load.ts';
import { lastId, planFor, seeded, type TableName } from '../src/plan.ts';
import { type DatabaseName, targetsAt } from '../src/target.ts';
import { type Databases, query, startDatabases } from './databases.ts';

const plan = planFor(3_000, 7);
const homes: readonly [DatabaseName, TableName][] = [
  ['monolith-db', 'users'],
  ['monolith-db', 'threads'],
  ['monolith-db', 'posts'],
  ['users-db', 'users'],
  ['threads-db', 'threads'],
  ['posts-db', 'posts'],
];

let databases: Databases;
const targets = () => targetsAt(databases.urls);

/** How many rows a table has, and a hash of all of them. */
const contents = (name: DatabaseName, table: TableName) =>
  query(
    databases.urls[name],
    `select count(*)::int as rows, md5(string_agg(md5(t::text), '' order by id)) as hash from ${table}.${table} t`,
  );

const allContents = () => Promise.all(homes.map(([name, table]) => contents(name, table)));

/** Inserts as the component does, and gives the ids that were drawn. */
async function insertEach(): Promise<unknown[]> {
  const inserts: Record<TableName, string> = {
    users: `insert into users.users (username, name, bio) values ('new', 'New', '') returning id`,
    threads: `insert into threads.threads (title, created_by) values ('New', 1) returning id`,
    posts: `insert into posts.posts (thread, text, "user") values (1, 'New', 1) returning id`,
  };
  return Promise.all(homes.map(([name, table]) => query(databases.appUrls[name], inserts[table])));
}

describe('loading', () => {
  before(async () => {
    databases = await startDatabases();
  });
  after(() => databases.server.stop());

  it('knows the last ids that a fresh database has', async () => {
    for (const [name, table] of homes) {
      const rows = await query(databases.urls[name], `select max(id) as last from ${table}.${table}`);
      assert.deepEqual(rows, [{ last: seeded[table] }]);
    }
  });

  it('loads nothing anywhere when one of the databases fails', async () => {
    const before = await allContents();
    const wrong = { ...databases.urls, 'posts-db': databases.urls['posts-db'].replace(':pw@', ':guess@') };
    await assert.rejects(
      load(targetsAt(wrong), plan, { replace: false }),
      /^CannotLoad: posts-db .* password/,
    );
    const app = { ...databases.urls, 'posts-db': databases.appUrls['posts-db'] };
    await assert.rejects(load(targetsAt(app), plan, { replace: false }), /^CannotLoad: posts-db .* migrator/);
    assert.deepEqual(await allContents(), before);
  });

  it('puts the same rows into the databases of both topologies, after those of the seed', async () => {
    const told = new Map<DatabaseName, number>();
    const onRows = (name: DatabaseName, rows: number) => told.set(name, (told.get(name) ?? 0) + rows);
    await load(targets(), plan, { replace: false, onRows });
    const [users, threads, posts, ...ofServices] = await allContents();
    assert.deepEqual(ofServices, [users, threads, posts]);
    const counts = await query(
      databases.urls['monolith-db'],
      `select (select count(*)::int from users.users) as users, (select count(*)::int from threads.threads) as threads,
         (select count(*)::int from posts.posts) as posts`,
    );
    assert.deepEqual(counts, [{ users: 304, threads: 303, posts: 3_006 }]);
    assert.deepEqual(Object.fromEntries(told), {
      'monolith-db': 3_600,
      'users-db': 300,
      'threads-db': 300,
      'posts-db': 3_000,
    });
  });

  it('keeps every character of a text', async () => {
    const rows = await query(
      databases.urls['posts-db'],
      `select count(*) filter (where position('C:\\temp\\new' in text) > 0) > 0 as backslashes,
         count(*) filter (where position(E'kettles\\t3\\nladders' in text) > 0) > 0 as tabs,
         count(*) filter (where position('👩‍👩‍👧‍👦' in text) > 0) > 0 as families
       from posts.posts`,
    );
    assert.deepEqual(rows, [{ backslashes: true, tabs: true, families: true }]);
  });

  it('leaves statistics for the planner', async () => {
    for (const [name, table] of homes) {
      const rows = await query(
        databases.urls[name],
        `select reltuples::int as rows from pg_class where oid = '${table}.${table}'::regclass`,
      );
      assert.deepEqual(rows, [{ rows: lastId(plan, table) }]);
    }
  });

  it('lets new ids go on after the last, alike in both topologies', async () => {
    const drawn = await insertEach();
    assert.deepEqual(
      drawn,
      homes.map(([, table]) => [{ id: lastId(plan, table) + 1 }]),
    );
  });

  it('refuses to load a second time and says how to', async () => {
    const before = await allContents();
    await assert.rejects(load(targets(), plan, { replace: false }), (error) => {
      assert.ok(error instanceof CannotLoad);
      assert.match(error.message, /has \w+ beyond the seed already \(up to id \d+\): --replace removes them/);
      return true;
    });
    assert.deepEqual(await allContents(), before);
  });

  it('replaces what was loaded and written, and keeps the rows of the seed', async () => {
    const seedRows = `select * from posts.posts where id <= ${seeded.posts} order by id`;
    const kept = await query(databases.urls['posts-db'], seedRows);
    const smaller = planFor(50, 8);
    await load(targets(), smaller, { replace: true });
    assert.deepEqual(await query(databases.urls['posts-db'], seedRows), kept);
    const [users, threads, posts, ...ofServices] = await allContents();
    assert.deepEqual(ofServices, [users, threads, posts]);
    const drawn = await insertEach();
    assert.deepEqual(
      drawn,
      homes.map(([, table]) => [{ id: lastId(smaller, table) + 1 }]),
    );
  });

  it('loads only the databases that are named', async () => {
    const others = homes.filter(([name]) => name !== 'users-db');
    const read = () => Promise.all(others.map(([name, table]) => contents(name, table)));
    const before = await read();
    await load(targetsAt({ 'users-db': databases.urls['users-db'] }), plan, { replace: true });
    assert.deepEqual(await read(), before);
  });
});
