import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { attackFromOutside } from '../src/experiments/breach/public-side.ts';
import type { Targets } from '../src/experiments/breach/targets.ts';

const targets: Targets = {
  components: [
    {
      name: 'monolith',
      instance: 'monolith',
      addresses: ['127.0.0.1'],
      ports: { traffic: 1, admin: 1, control: 1 },
      processNamespace: null,
      pid: 1,
    },
  ],
  databases: [
    {
      module: 'posts',
      addresses: ['127.0.0.1'],
      port: 1,
      name: 'forum',
      roles: { app: 'forum_app', migrator: 'forum_migrator', superuser: 'postgres' },
      read: '',
      writes: [],
    },
  ],
  serving: { users: 'monolith', threads: 'monolith', posts: 'monolith' },
  outside: { address: '127.0.0.1', port: 1, name: 'localhost' },
  host: { addresses: [], port: 1 },
};

async function outcomes(t: TestContext, edge: RequestListener): Promise<Record<string, string>> {
  const server = createServer(edge).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const attacks = await attackFromOutside(`http://127.0.0.1:${port}`, targets, new Map());
  return Object.fromEntries(attacks.map(({ kind, cell }) => [kind, cell.outcome]));
}

const metrics = '# HELP up\nup{component="monolith"} 1\n';

describe('the public side', () => {
  it('reaches nothing of an edge that serves its paths only, but its API', async (t) => {
    const found = await outcomes(t, ({ url }, response) => {
      response.writeHead(url === '/api/posts' ? 200 : 404).end('[]');
    });
    assert.equal(found.traffic, 'reached');
    const kinds = ['admin', 'control', 'faults', 'app-password', 'superuser-password', 'control-token'];
    for (const kind of kinds) assert.equal(found[kind], 'refused', kind);
  });

  it('finds metrics behind an edge that resolves dots after it has looked at the path', async (t) => {
    const found = await outcomes(t, ({ url = '' }, response) => {
      if (!url.startsWith('/api/users/')) response.writeHead(404);
      response.end(new URL(url, 'http://edge').pathname === '/metrics' ? metrics : '[]');
    });
    assert.equal(found.admin, 'reached');
    assert.equal(found.control, 'refused');
  });

  it('finds a control port behind an edge that sends wherever a request says', async (t) => {
    const found = await outcomes(t, ({ url = '' }, response) => {
      const isStatus = url === 'http://monolith:1/status';
      response.end(isStatus ? '{"component":"monolith","draining":false}' : '[]');
    });
    assert.equal(found.control, 'reached');
  });

  it('finds a credential in a file that an edge gives away', async (t) => {
    const found = await outcomes(t, ({ url = '' }, response) => {
      response.end(url.endsWith('/proc/self/environ') ? 'DATABASE_URL=postgres://a:b@c/d' : '');
    });
    assert.equal(found['app-password'], 'reached');
  });
});
