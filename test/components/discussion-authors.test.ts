import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { Unavailable } from '@cleave/kit/errors';
import { createPeer } from '@cleave/module-kit/peer';
import { findAuthors } from '@cleave/threads/discussion.authors';

const patienceMs = 5_000;

/** The service of users as a discussion sees it: knows everybody but 404, or answers as `answer` does. */
async function startUsers(t: TestContext, answer?: RequestListener) {
  const asked: number[][] = [];
  const server = createServer((req, res) => {
    const ids = (new URL(req.url ?? '', 'http://users').searchParams.get('id') ?? '').split(',').map(Number);
    asked.push(ids);
    if (answer) return answer(req, res);
    const known = ids.filter((id) => id !== 404);
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify(known.map((id) => ({ id, username: `user${id}`, name: `User ${id}`, bio: '' }))));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const users = createPeer('users', `http://127.0.0.1:${port}`, patienceMs, async () => ['127.0.0.1']);
  t.after(async () => {
    await users.close();
    server.close();
  });
  return { asked, users };
}

const author = (id: number) => ({ id, username: `user${id}`, name: `User ${id}` });

test('authors of several discussions are asked for once, and whoever does not exist is left out', async (t) => {
  const { asked, users } = await startUsers(t);
  const [one, two] = await Promise.all([findAuthors(users, [1, 2]), findAuthors(users, [2, 3, 404])]);
  assert.deepEqual(asked, [[1, 2, 3, 404]]);
  assert.deepEqual([one.get(1), one.get(2)], [author(1), author(2)]);
  assert.deepEqual([two.get(2), two.get(3), two.get(404)], [author(2), author(3), undefined]);
  await findAuthors(users, [1]);
  assert.deepEqual(asked.at(-1), [1]);
});

test('more authors than a request may name are asked for in several', async (t) => {
  const { asked, users } = await startUsers(t);
  const ids = Array.from({ length: 1_001 }, (_, i) => i + 1000);
  const found = await findAuthors(users, ids);
  assert.equal(found.size, ids.length);
  assert.deepEqual(asked.map((of) => of.length).sort(), [1, 1_000]);
});

test('where users cannot answer, each discussion that asked is told', async (t) => {
  const { users } = await startUsers(t, (_req, res) => res.writeHead(500).end());
  const outcomes = await Promise.allSettled([findAuthors(users, [1]), findAuthors(users, [2])]);
  for (const outcome of outcomes) {
    assert.ok(outcome.status === 'rejected' && outcome.reason instanceof Unavailable);
  }
});
