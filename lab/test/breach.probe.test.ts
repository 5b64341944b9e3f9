import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it, type TestContext } from 'node:test';
import pg from 'pg';
import { type PostgresServer, startPostgres } from '../src/environments/local/postgres.ts';
import { probeSource } from '../src/experiments/breach/bundle.ts';
import { candidatesIn } from '../src/experiments/breach/inside/candidates.ts';
import { firstAddress, namespace, printOf } from '../src/experiments/breach/inside/introduce.ts';
import { type Loot, lootSchema } from '../src/experiments/breach/loot.ts';
import type { ComponentTarget, DatabaseTarget, Targets } from '../src/experiments/breach/targets.ts';

// made up anew: the probe would find them in this file
const token = `token-${randomBytes(16).toString('hex')}`;
const password = randomBytes(16).toString('hex');

const nothing: Targets = {
  components: [],
  databases: [],
  serving: { users: 'users', threads: 'threads', posts: 'posts' },
  outside: { address: '127.0.0.1', port: 1, name: 'localhost' },
  host: { addresses: [], port: 1 },
};

/** Runs the probe as a component would be that has these variables, in the lab's folder, which has the driver. */
async function probe(targets: Partial<Targets>, env: Record<string, string> = {}): Promise<Loot> {
  const source = await probeSource('attack.ts', 'attack', { ...nothing, ...targets });
  const output = await new Promise<string>((resolve, reject) => {
    const options = { env, cwd: join(import.meta.dirname, '..'), maxBuffer: 2 ** 24 };
    const child = execFile(process.execPath, ['--input-type=module', '-'], options, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
    child.stdin?.end(source);
  });
  return lootSchema.parse(JSON.parse(output));
}

/** A component that asks for its token on every path but one. */
async function startComponent(t: TestContext, instance: string): Promise<ComponentTarget> {
  const server: Server = createServer(({ url, headers }, response) => {
    const isAllowed = url === '/livez' || headers.authorization === `Bearer ${token}`;
    response.writeHead(isAllowed ? 200 : 401, { 'x-served-by': instance }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const ports = { traffic: port, admin: port, control: port };
  const processNamespace = namespace('pid');
  return { name: 'posts', instance, addresses: ['127.0.0.1'], ports, processNamespace, pid: process.pid };
}

async function plant(t: TestContext, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'planted');
  await writeFile(file, text);
  return file;
}

describe('the probe on a component', () => {
  it('opens a control port with a token that lies in a file which it may read', async (t) => {
    const target = await startComponent(t, 'posts-1');
    const file = await plant(t, `{"controlToken": "${token}"}`);
    const { components, secrets } = await probe({ components: [target] }, { ROUTES_FILE: file });
    assert.equal(components[0]?.control.outcome, 'reached');
    assert.equal(secrets.find(({ print }) => print === printOf(token))?.where, file);
  });

  it('is refused without it, and told so by the port itself', async (t) => {
    const target = await startComponent(t, 'posts-1');
    const { components, secrets } = await probe({ components: [target] });
    assert.deepEqual([components[0]?.control.outcome, components[0]?.control.answered], ['refused', '401']);
    assert.equal(components[0]?.traffic.outcome, 'reached');
    assert.ok(!secrets.some(({ print }) => print === printOf(token)));
  });

  it('takes no answer of another process for that of its target', async (t) => {
    const target = await startComponent(t, 'threads-1');
    const { components } = await probe({ components: [{ ...target, instance: 'posts-1' }] });
    assert.equal(components[0]?.traffic.outcome, 'unreachable');
  });

  it('reaches a process only within its own namespace', async (t) => {
    const target = await startComponent(t, 'posts-1');
    const elsewhere = { ...target, processNamespace: 'pid:[1]' };
    const { components } = await probe({ components: [target, elsewhere] });
    assert.deepEqual(
      components.map(({ process }) => process.outcome),
      ['reached', 'unreachable'],
    );
  });

  it('lets no secret out but as a fingerprint', async (t) => {
    const file = await plant(t, `postgres://posts_app:${password}@127.0.0.1/posts`);
    const loot = await probe({}, { DATABASE_URL_FILE: file });
    assert.equal(loot.secrets.find(({ print }) => print === printOf(password))?.role, 'posts_app');
    assert.doesNotMatch(JSON.stringify(loot), new RegExp(password));
  });
});

describe('the probe on a database', () => {
  let server: PostgresServer;
  let target: DatabaseTarget;
  const asSuperuser = async (sql: string) => {
    const client = new pg.Client({ connectionString: server.superuserUrl('postgres') });
    await client.connect();
    return client.query(sql).finally(() => client.end());
  };
  before(async () => {
    server = await startPostgres();
    await asSuperuser(`
      create role posts_app login password '${password}';
      create schema posts;
      create table posts.posts (id int);
      insert into posts.posts values (1);
      grant usage on schema posts to posts_app;
      grant select, delete on posts.posts to posts_app`);
    target = {
      module: 'posts',
      addresses: ['127.0.0.1'],
      port: server.port,
      name: 'postgres',
      roles: { app: 'posts_app', migrator: 'posts_migrator', superuser: 'postgres' },
      read: 'select from posts.posts',
      writes: ['insert into posts.posts values (2)', 'delete from posts.posts'],
    };
  });
  after(() => server.stop());

  it('reads and writes with a password that it finds, and leaves all as it was', async () => {
    const env = { DATABASE_URL: `postgres://posts_app:${password}@127.0.0.1/posts` };
    const [found] = (await probe({ databases: [target] }, env)).databases;
    assert.deepEqual([found?.read.outcome, found?.write.outcome], ['reached', 'reached']);
    assert.match(found?.write.tried ?? '', /^delete .* as posts_app, with the password in DATABASE_URL$/);
    assert.deepEqual(
      found?.logins.map(({ role }) => role),
      ['posts_app'],
    );
    assert.deepEqual((await asSuperuser('select id from posts.posts')).rows, [{ id: 1 }]);
  });

  it('is refused without one, in the words of the server', async () => {
    const [found] = (await probe({ databases: [target] })).databases;
    assert.deepEqual([found?.read.outcome, found?.write.outcome], ['refused', 'refused']);
    assert.match(found?.read.answered ?? '', /password authentication failed/);
  });

  it('tries any find for the superuser too', async () => {
    const [found] = (await probe({ databases: [target] }, { SOME_SECRET: server.password })).databases;
    assert.ok(found?.logins.some(({ role }) => role === 'postgres'));
    assert.equal(found?.write.outcome, 'reached');
  });
});

describe('what looks like a credential', () => {
  it('is a URL with a password, a value by the name of a secret, and many hexadecimal digits', () => {
    const text = `postgres://a_app:one%21@db/x CONTROL_TOKEN=two-two-two-two "password": "three three" ${'4'.repeat(48)}`;
    const found = candidatesIn(text, 'here').map(({ secret, role }) => [secret, role]);
    assert.deepEqual(found, [
      ['one!', 'a_app'],
      ['two-two-two-two', undefined],
      ['4'.repeat(48), undefined],
    ]);
  });
});

describe('the first address of a network', () => {
  it('is the one after its own', () => {
    assert.equal(firstAddress('172.20.3.5/16'), '172.20.0.1');
    assert.equal(firstAddress('192.168.5.77/26'), '192.168.5.65');
  });
});
