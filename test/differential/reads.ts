import fc from 'fast-check';
import type { Plan } from './known.ts';
import { idText, type Later, rowId, someId } from './values.ts';

const get =
  (path: Later<string>): Plan =>
  (known) => ({ method: 'GET', path: path(known) });

/** A query of a page: mostly one that is allowed. */
const pageQuery = (): fc.Arbitrary<string> =>
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ limit: fc.integer({ min: 1, max: 9 }), after: fc.nat(40) }).map(pageOf),
    },
    fc.constantFrom(
      '',
      '?',
      '?limit=1000',
      '?limit=1001',
      '?limit=0',
      '?after=0',
      '?after=2147483648',
      '?limit=%31',
    ),
    fc.constantFrom(
      '?limit',
      '?limit=',
      '?limit=+1',
      '?limit=1&limit=1',
      '?&',
      '?=',
      '?limit=1&',
      '?limit=1#x',
      '??limit=1',
    ),
    fc
      .record({
        name: fc.constantFrom('limit', 'after', 'id', 'page', 'Limit'),
        value: fc.string({ maxLength: 6 }),
      })
      .map(({ name, value }) => `?${name}=${encodeURIComponent(value)}`),
  );

const pageOf = ({ limit, after }: { limit: number; after: number }): string =>
  after === 0 ? `?limit=${limit}` : `?limit=${limit}&after=${after}`;

/** Every list there is, by a page. */
export const list = (): fc.Arbitrary<Plan> => {
  const lists = fc.oneof(
    fc.constantFrom('/api/users', '/api/threads', '/api/posts').map(
      (path): Later<string> =>
        () =>
          path,
    ),
    idText('threads').map(
      (id): Later<string> =>
        (known) =>
          `/api/posts/in-thread/${id(known)}`,
    ),
    idText('users').map(
      (id): Later<string> =>
        (known) =>
          `/api/posts/by-user/${id(known)}`,
    ),
    idText('threads').map(
      (id): Later<string> =>
        (known) =>
          `/api/threads/${id(known)}/discussion`,
    ),
  );
  return fc.tuple(lists, pageQuery()).map(([path, query]) => get((known) => `${path(known)}${query}`));
};

/** One row by its id. */
export const one = (): fc.Arbitrary<Plan> =>
  fc
    .constantFrom('users' as const, 'threads' as const)
    .chain((module) =>
      fc
        .tuple(idText(module), fc.constantFrom('', '', '', '?', '?x=1', '/'))
        .map(([id, rest]) => get((known) => `/api/${module}/${id(known)}${rest}`)),
    );

/** A batch of ids: repeated, unknown, malformed, too many. */
export const batch = (): fc.Arbitrary<Plan> =>
  fc
    .constantFrom('users' as const, 'threads' as const, 'posts' as const)
    .chain((module) =>
      fc
        .tuple(
          fc.array(fc.oneof(someId(module), rowId(module)), { maxLength: 12 }),
          fc.constantFrom(
            '',
            '',
            '',
            '',
            ',',
            ',0',
            ',x',
            ',%31',
            '&limit=2',
            '&id=1',
            ',1'.repeat(999),
            ',1'.repeat(1_001),
          ),
          fc.constantFrom(',', ',', ',', '%2C', ', ', ',,'),
        )
        .map(([ids, rest, comma]) =>
          get((known) =>
            `/api/${module}?id=${ids.map((id) => id(known)).join(comma)}${rest}`.replaceAll(' ', '+'),
          ),
        ),
    );

/** A list with few rows a page, to be followed along its links. */
export const walk = (): fc.Arbitrary<Plan> =>
  fc
    .tuple(
      fc.constantFrom('in-thread', 'by-user', 'discussion', 'posts', 'threads', 'users'),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(1_000),
    )
    .map(([kind, limit, index]): Plan => {
      return (known) => {
        const thread = known.threads[index % known.threads.length];
        const user = known.users[index % known.users.length];
        const after = `after=${Math.max(1, known.posts.length - limit * 3)}`;
        if (kind === 'in-thread')
          return { method: 'GET', path: `/api/posts/in-thread/${thread}?limit=${limit}` };
        if (kind === 'by-user') return { method: 'GET', path: `/api/posts/by-user/${user}?limit=${limit}` };
        if (kind === 'discussion')
          return { method: 'GET', path: `/api/threads/${thread}/discussion?limit=${limit}` };
        return { method: 'GET', path: `/api/${kind}?limit=${limit}&${after}` };
      };
    });
