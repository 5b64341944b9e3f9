import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { portOf } from '@cleave/kit/server';
import { until } from '../support/until.ts';
import { type Databases, startDatabases } from './databases.ts';
import { type Service, startService } from './service.ts';

const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const author = { id: 4, username: 'jake', name: 'Jake' };

/** Something that answers in place of a service, and remembers what it was asked. */
interface Stub {
  url: string;
  asked: { path: string; headers: IncomingHttpHeaders }[];
  answer: RequestListener;
  close(): void;
}

async function startStub(): Promise<Stub> {
  const stub = { asked: [] as Stub['asked'], answer: sendJson([]), url: '', close: () => {} };
  const server: Server = createServer((req, res) => {
    stub.asked.push({ path: req.url ?? '', headers: req.headers });
    stub.answer(req, res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stub.url = `http://127.0.0.1:${portOf(server)}`;
  stub.close = () => {
    server.close();
    server.closeAllConnections();
  };
  return stub;
}

const sendJson =
  (body: unknown): RequestListener =>
  (_req, res) => {
    res.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  };
const hang: RequestListener = () => {};
const fail: RequestListener = (_req, res) => res.writeHead(500).end();
const cut: RequestListener = (req) => req.socket.destroy();

describe('threads, asking users and posts', () => {
  let databases: Databases;
  let users: Stub;
  let posts: Stub;
  let threads: Service;
  before(async () => {
    [databases, users, posts] = await Promise.all([startDatabases(), startStub(), startStub()]);
    await databases.migrate('services/threads');
    threads = await startService('services/threads', {
      DATABASE_URL: databases.url('services/threads', 'app'),
      USERS_URL: users.url,
      POSTS_URL: posts.url,
      LOG_LEVEL: 'error',
    });
  });
  after(async () => {
    await threads.stop();
    for (const stub of [users, posts]) stub.close();
    await databases.server.stop();
  });
  beforeEach(async () => {
    users.answer = sendJson([author]);
    posts.answer = sendJson([]);
    await until('both circuits are closed', async () => !('degraded' in (await discussion())));
    for (const stub of [users, posts]) stub.asked.length = 0;
  });

  const read = (headers = {}) => fetch(`${threads.url}/api/threads/1/discussion`, { headers });
  const discussion = async (): Promise<object> => Object(await (await read()).json());

  it('passes the request id and the trace context on', async () => {
    await read({ 'x-request-id': 'passed-on', traceparent });
    for (const { asked } of [users, posts]) {
      assert.equal(asked.length, 1);
      assert.deepEqual(
        [asked[0]?.headers['x-request-id'], asked[0]?.headers.traceparent],
        ['passed-on', traceparent],
      );
    }
  });

  it('reads all authors in one batch, each id once', async () => {
    posts.answer = sendJson([1, 2, 3].map((id) => ({ id, thread: 1, text: 'x', user: id === 3 ? 2 : id })));
    await discussion();
    assert.equal(users.asked.length, 1);
    assert.match(users.asked[0]?.path ?? '', /^\/api\/users\?id=4,1,2$/);
  });

  for (const [what, answer] of Object.entries({ hang, fail, 'lose the connection': cut })) {
    it(`leaves out what belongs to users who ${what}`, async () => {
      users.answer = answer;
      assert.deepEqual(await discussion(), {
        id: 1,
        title: 'Who has seen the lich?',
        createdBy: 4,
        author: null,
        posts: [],
        degraded: ['users'],
      });
    });
  }

  it('stops asking one that fails again and again, and asks again later', async () => {
    posts.answer = fail;
    await until('nothing is asked any more', async () => {
      const before = posts.asked.length;
      await discussion();
      return posts.asked.length === before;
    });
    posts.answer = sendJson([]);
    await until('the discussion is whole again', async () => !('degraded' in (await discussion())));
  });

  it('refuses to write with 503 while users cannot be asked, and with 504 when it is too slow', async () => {
    const write = () =>
      fetch(`${threads.url}/api/threads`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"title":"x","createdBy":1}',
      });
    users.answer = hang;
    assert.equal((await write()).status, 504);
    users.answer = fail;
    const refused = await write();
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '1']);
    const list = await (await fetch(`${threads.url}/api/threads`)).json();
    assert.equal(Object(list).length, 3, 'nothing was written');
  });
});
