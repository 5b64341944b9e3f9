import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { choosePorts } from '../../lab/src/environments/ports.ts';
import { type Databases, root, startDatabases } from './databases.ts';
import { runToEnd, startService } from './service.ts';

const aSentence = /^[A-Z][^\n]*\.\n$/;
const ports = { PORT: '0', ADMIN_PORT: '0' };

describe('a process that cannot start', () => {
  it('says in one sentence which variable is missing, and exits with 1', async () => {
    const components = [
      'monolith',
      'gateway',
      'services/users',
      'services/threads',
      'services/posts',
    ] as const;
    for (const component of components) {
      const { code, stderr } = await runToEnd(component, ports);
      assert.equal(code, 1, component);
      assert.match(stderr, aSentence);
      assert.match(stderr, component === 'gateway' ? /^ROUTES_FILE is not set/ : /^DATABASE_URL is not set/);
    }
  });

  it('says so when its port is taken', async (t) => {
    const env = { DATABASE_URL: 'postgres://app:s3cret@127.0.0.1:1/none', DATABASE_POOL: '1' };
    const first = await startService('services/users', env);
    t.after(() => first.stop());
    const { port } = new URL(first.url);
    const second = { ...env, PORT: port, ADMIN_PORT: '0' };
    const { code, stderr } = await runToEnd('services/users', second);
    assert.deepEqual([code, stderr], [1, `PORT ${port} cannot be listened on at 127.0.0.1.\n`]);
  });

  it('says so when the database does not answer a migration, without its password', async () => {
    const env = {
      DATABASE_MIGRATOR_URL: 'postgres://migrator:s3cret@127.0.0.1:1/users',
      DATABASE_URL: 'postgres://app:s3cret@127.0.0.1:1/users',
    };
    const program = join(root, 'services/users/src/migrate.ts');
    const { code, stderr } = await new Promise<{ code: unknown; stderr: string }>((resolve) => {
      execFile(process.execPath, [program], { env }, (error, _stdout, stderr) =>
        resolve({ code: error?.code, stderr }),
      );
    });
    assert.equal(code, 1);
    assert.match(stderr, aSentence);
    assert.doesNotMatch(stderr, /s3cret/);
  });
});

describe('a service', () => {
  let databases: Databases;
  before(async () => {
    databases = await startDatabases();
    await databases.migrate('services/users');
  });
  after(() => databases.server.stop());

  it('ends with 0 on SIGTERM, having written one JSON object a line, and no secret', async () => {
    const token = 'control-s3cret-token';
    const [controlPort = 0] = await choosePorts([{}]);
    const users = await startService('services/users', {
      DATABASE_URL: databases.url('services/users', 'app'),
      CONTROL_PORT: String(controlPort),
      CONTROL_TOKEN: token,
    });
    const headers = { 'x-request-id': 'logged', authorization: 'Bearer s3cret', cookie: 's3cret' };
    assert.equal((await fetch(`${users.url}/api/users/1`, { headers })).status, 200);
    const { code, stdout, stderr } = await users.stop();
    assert.deepEqual([code, stderr], [0, '']);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [line] = lines.filter(({ requestId }) => requestId === 'logged');
    const { component, method, path, route, status } = line;
    assert.deepEqual(
      { component, method, path, route, status },
      { component: 'users', method: 'GET', path: '/api/users/1', route: '/api/users/:userId', status: 200 },
    );
    assert.equal(lines.at(-1).msg, 'stopped');
    assert.doesNotMatch(stdout, /s3cret/);
  });

  it('lives without its database, is not ready, answers 503, and tells nobody the password', async () => {
    const users = await startService('services/users', {
      DATABASE_URL: 'postgres://app:s3cret@127.0.0.1:1/users',
    });
    for (const path of ['/readyz', '/api/users', '/api/users/1']) {
      const answer = await fetch(`${users.url}${path}`);
      assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '1'], path);
      assert.doesNotMatch(await answer.text(), /s3cret|ECONN|127\.0/);
    }
    assert.equal((await fetch(`${users.url}/livez`)).status, 200);
    const { code, stdout } = await users.stop();
    assert.equal(code, 0);
    assert.doesNotMatch(stdout, /s3cret/);
  });

  it('is not ready before its migrations have run', async () => {
    const threads = await startService('services/threads', {
      DATABASE_URL: databases.url('services/users', 'app'),
      USERS_URL: 'http://127.0.0.1:1',
      POSTS_URL: 'http://127.0.0.1:1',
    });
    assert.equal((await fetch(`${threads.url}/readyz`)).status, 503);
    await threads.stop();
  });
});
