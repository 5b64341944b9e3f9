import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { until } from '../support/until.ts';
import { type Databases, query, startDatabases } from './databases.ts';
import { type Service, startService } from './service.ts';

describe('the record of a write', () => {
  let databases: Databases;
  let users: Service;
  const start = () =>
    startService('services/users', {
      DATABASE_URL: databases.url('services/users', 'app'),
      LOG_LEVEL: 'error',
    });
  before(async () => {
    databases = await startDatabases();
    await databases.migrate('services/users');
    users = await start();
  });
  after(async () => {
    await users.stop();
    await databases.server.stop();
  });

  const sql = (statement: string) => query(databases.url('services/users', 'app'), statement);
  const write = (key: string, username: string) =>
    fetch(`${users.url}/api/users`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ username, name: 'N', bio: '' }),
    });
  const age = (key: string, hours: number) =>
    sql(`update users.idempotency set created_at = now() - interval '${hours} hours' where key = '${key}'`);

  it('is kept for 24 hours', async () => {
    assert.equal((await write('day', 'first')).status, 201);
    await age('day', 23);
    assert.equal((await write('day', 'second')).status, 422);
    await age('day', 25);
    assert.equal((await write('day', 'second')).status, 201);
    assert.equal((await write('day', 'second')).status, 201);
    assert.equal((await write('day', 'first')).status, 422);
  });

  it('is deleted after that by whoever starts', async () => {
    assert.equal((await write('swept', 'third')).status, 201);
    await age('swept', 25);
    await users.stop();
    users = await start();
    await until(
      'it is gone',
      async () => (await sql(`select from users.idempotency where key = 'swept'`)).length === 0,
    );
  });

  it('is not there when the row is not', async () => {
    assert.equal((await write('refused', 'finn')).status, 409);
    assert.deepEqual(await sql(`select from users.idempotency where key = 'refused'`), []);
  });

  it('holds no more of the request than a hash', async () => {
    assert.equal((await write('hashed', 'fourth')).status, 201);
    const [record] = await sql(
      `select route, length(body_hash) as bytes, answer from users.idempotency where key = 'hashed'`,
    );
    assert.equal(Reflect.get(Object(record), 'route'), 'POST /api/users');
    assert.equal(Reflect.get(Object(record), 'bytes'), 32);
  });

  it('makes a write wait for its twin, also for one that is then rolled back', async () => {
    const insert = `insert into users.idempotency (route, key, body_hash) values ('POST /api/users', 'twin', '\\x00')`;
    const holder = query(
      databases.url('services/users', 'app'),
      `begin; ${insert}; select pg_sleep(0.5); rollback`,
    );
    await until('the twin holds the key', async () => {
      const waiting = await sql(
        `select from pg_stat_activity where query like '%pg_sleep%' and pid <> pg_backend_pid()`,
      );
      return waiting.length > 0;
    });
    assert.equal((await write('twin', 'fifth')).status, 201);
    await holder;
  });
});
