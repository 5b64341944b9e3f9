import fc from 'fast-check';
import type { Ask } from '../support/http.ts';
import { type Known, type Plan, pick } from './known.ts';
import { type Later, rowId, someId, text, wrongValue } from './values.ts';

const json = { 'content-type': 'application/json' };
type Members = Record<string, unknown>;

const send = (
  method: string,
  path: Later<string>,
  body: Later<Members>,
  headers: Ask['headers'] = {},
): Plan => {
  return (known) => ({
    method,
    path: path(known),
    headers: { ...json, ...headers },
    body: JSON.stringify(body(known)),
  });
};

const newUser = (): fc.Arbitrary<Later<Members>> => {
  const username = fc.oneof(
    { weight: 6, arbitrary: fc.constant((known: Known) => known.freeUsername()) },
    { weight: 2, arbitrary: fc.nat(1_000).map((index) => (known: Known) => pick(known.usernames, index)) },
    text(40).map((value) => () => value),
  );
  return fc.tuple(username, text(100), text(500)).map(([name, full, bio]) => (known) => ({
    username: name(known),
    name: full,
    bio,
  }));
};

const newThread = (): fc.Arbitrary<Later<Members>> =>
  fc.tuple(text(200), someId('users')).map(([title, by]) => (known) => ({ title, createdBy: by(known) }));

const newPost = (): fc.Arbitrary<Later<Members>> =>
  fc.tuple(someId('threads'), text(10_000), someId('users')).map(([thread, body, user]) => (known) => ({
    thread: thread(known),
    text: body,
    user: user(known),
  }));

/** A route that creates, with a body for it. */
export const creation = (): fc.Arbitrary<{ path: string; body: Later<Members> }> =>
  fc.oneof(
    newUser().map((body) => ({ path: '/api/users', body })),
    newThread().map((body) => ({ path: '/api/threads', body })),
    { weight: 2, arbitrary: newPost().map((body) => ({ path: '/api/posts', body })) },
  );

export const create = (): fc.Arbitrary<Plan> =>
  creation().map(({ path, body }) => send('POST', () => path, body));

/** A body with a member that is wrong, missing or unknown. */
export const createWrong = (): fc.Arbitrary<Plan> =>
  fc.tuple(creation(), fc.nat(5), wrongValue(), fc.constantFrom('wrong', 'missing', 'unknown', 'twice')).map(
    ([{ path, body }, index, value, how]): Plan =>
      (known) => {
        const members = Object.entries(body(known));
        const [name] = pick(members, index);
        const rest = members.filter(([member]) => member !== name);
        if (how === 'wrong') rest.push([name, value]);
        if (how === 'unknown') rest.push(...members.filter(([member]) => member === name), ['more', value]);
        const text = rest.map(([member, of]) => `${JSON.stringify(member)}:${JSON.stringify(of)}`);
        if (how === 'twice')
          text.push(...members.map(([member, of]) => `${JSON.stringify(member)}:${JSON.stringify(of)}`));
        return { method: 'POST', path, headers: json, body: `{${text.join(',')}}` };
      },
  );

/** Few keys and few bodies, so that keys come again with the same body and with others. */
export const createOnce = (): fc.Arbitrary<Plan> =>
  fc
    .record({
      key: fc.constantFrom(
        'k-1',
        'k-2',
        'k-3',
        'k-4',
        'k-5',
        'k-6',
        'k-7',
        'k-8',
        'x'.repeat(255),
        'x'.repeat(256),
        'a b',
        '',
      ),
      path: fc.constantFrom('/api/users', '/api/threads', '/api/posts'),
      body: fc.nat(2),
      spaced: fc.boolean(),
    })
    .map(({ key, path, body, spaced }): Plan => {
      const bodies: Record<string, object> = {
        '/api/users': { username: `once-${body}`, name: 'Once', bio: '' },
        '/api/threads': { title: `once ${body}`, createdBy: 1 + body },
        '/api/posts': { thread: 1 + body, text: 'once', user: 1 },
      };
      const text = JSON.stringify(bodies[path], undefined, spaced ? 2 : undefined);
      return () => ({ method: 'POST', path, headers: { ...json, 'idempotency-key': key }, body: text });
    });

export const change = (): fc.Arbitrary<Plan> =>
  fc
    .tuple(
      someId('users'),
      fc.record({ name: text(100), bio: text(500), more: wrongValue() }, { requiredKeys: [] }),
    )
    .map(([id, changes]) =>
      send(
        'PATCH',
        (known) => `/api/users/${id(known)}`,
        () => changes,
      ),
    );

/** Posts are deleted once, twice, or never were. */
export const remove = (): fc.Arbitrary<Plan> =>
  fc.oneof(rowId('posts'), someId('posts')).map(
    (id): Plan =>
      (known) => ({ method: 'DELETE', path: `/api/posts/${id(known)}` }),
  );
