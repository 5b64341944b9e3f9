import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { Client } from 'pg';
import { until } from '../../test/support/until.ts';
import { startPostgres } from '../src/environments/local/postgres.ts';
import { inspect, signal } from '../src/environments/local/processes.ts';
import { spawnScript } from './support/spawned.ts';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client(url);
  client.on('error', () => undefined); // the server may go while we are connected
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('an embedded PostgreSQL server', () => {
  it('is version 18, ready for logical replication, and open to its password only', async (t) => {
    const server = await startPostgres();
    t.after(() => server.stop());
    const url = server.superuserUrl('postgres');
    const [row] = await query(
      url,
      `select current_setting('server_version_num')::int / 10000 as version, current_setting('wal_level') as wal,
         current_setting('listen_addresses') as host, current_setting('unix_socket_directories') as sockets`,
    );
    assert.deepEqual(row, { version: 18, wal: 'logical', host: '127.0.0.1', sockets: '' });
    await assert.rejects(query(url.replace(server.password, 'guess'), 'select 1'), /password/);
  });

  it('keeps its data in a given folder, with durable settings when they are asked for', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'cleave-test-'));
    t.after(() => rm(folder, { recursive: true }));
    const dataDir = join(folder, 'db');
    const first = await startPostgres({ dataDir, durable: true });
    await query(first.superuserUrl('postgres'), 'create table kept as select 42 as answer');
    assert.deepEqual(await query(first.superuserUrl('postgres'), 'show fsync'), [{ fsync: 'on' }]);
    await first.stop();
    await assert.rejects(startPostgres({ dataDir }), /password/);
    const second = await startPostgres({ dataDir, password: first.password });
    try {
      assert.deepEqual(await query(second.superuserUrl('postgres'), 'table kept'), [{ answer: 42 }]);
    } finally {
      await second.stop(); // before its folder goes
    }
  });

  it('is started again with its data when it is killed from outside', async (t) => {
    const server = await startPostgres();
    t.after(() => server.stop());
    await query(server.superuserUrl('postgres'), 'create table kept as select 42 as answer');
    const { pid } = server;
    assert.ok(pid);
    signal(pid, 'SIGKILL');
    const rows = await until('the server answers again', async () => {
      if (server.pid === undefined || server.pid === pid) return false;
      return query(server.superuserUrl('postgres'), 'table kept').catch(() => undefined);
    });
    assert.deepEqual(rows, [{ answer: 42 }]);
  });

  it('goes, with its temporary folder, when the process that started it is killed', async () => {
    const { child, line } = await spawnScript(join(import.meta.dirname, 'fixtures/hold-postgres.ts'));
    const pid = Number(line);
    const command = (await inspect(pid))?.command ?? '';
    const dataDir = /-D (\S+)/.exec(command)?.[1] ?? '';
    assert.match(dataDir, /cleave-/);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await until('the server is gone', async () => !(await inspect(pid)));
    await until('the folder is gone', () => !existsSync(dirname(dataDir)));
  });
});
