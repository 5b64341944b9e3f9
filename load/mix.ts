// The declared mix: every route of the contract, its share of the requests and how one request is made.
// Pure data: k6 runs it, and so does the preview without k6.
import { pick, type Turn } from './turn.ts';

/** What one request sends. `body` is sent as JSON. */
export type Message = { path: string; body?: Record<string, string | number> };

/** One line of the mix. */
export type Route = {
  /** Method and pattern as in openapi.yaml: the `name` tag of every sample. */
  name: string;
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Requests in each 100. */
  weight: number;
  /** Any other status is a failure. */
  expected: readonly number[];
  /** How the body of a right answer begins: enough to tell a list, an object and a text apart. */
  begins: string;
  message: (turn: Turn) => Message;
};

/** Rows of a list: a page as a person would look at it. */
const PAGE = 20;
const BATCH = 10;

const LIST = '[';
const OBJECT = '{"id":';

const user = (turn: Turn, salt = 0): number => pick(turn.targets.users, turn, salt);
const thread = (turn: Turn): number => pick(turn.targets.threads, turn);

const get = (pattern: string, weight: number, begins: string, path: (turn: Turn) => string): Route => ({
  name: `GET ${pattern}`,
  method: 'GET',
  weight,
  expected: [200],
  begins,
  message: (turn) => ({ path: path(turn) }),
});

const post = (path: string, weight: number, body: (turn: Turn) => Message['body'] & object): Route => ({
  name: `POST ${path}`,
  method: 'POST',
  weight,
  expected: [201],
  begins: OBJECT,
  message: (turn) => ({ path, body: body(turn) }),
});

const batch = (turn: Turn): string => Array.from({ length: BATCH }, (_, i) => user(turn, i)).join(',');

const patchUser = (weight: number): Route => ({
  name: 'PATCH /api/users/:userId',
  method: 'PATCH',
  weight,
  expected: [200],
  begins: OBJECT,
  message: (turn) => ({ path: `/api/users/${user(turn)}`, body: { bio: `Seen under load ${turn.unique}` } }),
});

// Deletes a post that this user (VU) made in an earlier turn, else one that was made for the purpose before
// the load began. When both are used up it deletes one again, for which 404 is the right answer.
const deletePost = (weight: number): Route => ({
  name: 'DELETE /api/posts/:postId',
  method: 'DELETE',
  weight,
  expected: [204, 404],
  begins: '',
  message: ({ own, rank, targets: { disposable } }) => ({
    path: `/api/posts/${own.pop() ?? disposable[rank % disposable.length]}`,
  }),
});

/** Reads are 81 of 100; users and threads, which a failure of posts should not touch, are 51 of 100. */
export const mix: Route[] = [
  get('/api/users', 5, LIST, () => `/api/users?limit=${PAGE}`),
  get('/api/users', 5, LIST, (turn) => `/api/users?id=${batch(turn)}`),
  get('/api/users/:userId', 12, OBJECT, (turn) => `/api/users/${user(turn)}`),
  get('/api/threads', 8, LIST, () => `/api/threads?limit=${PAGE}`),
  get('/api/threads/:threadId', 12, OBJECT, (turn) => `/api/threads/${thread(turn)}`),
  get(
    '/api/threads/:threadId/discussion',
    14,
    OBJECT,
    (turn) => `/api/threads/${thread(turn)}/discussion?limit=${PAGE}`,
  ),
  get('/api/posts', 5, LIST, () => `/api/posts?limit=${PAGE}`),
  get(
    '/api/posts/in-thread/:threadId',
    12,
    LIST,
    (turn) => `/api/posts/in-thread/${thread(turn)}?limit=${PAGE}`,
  ),
  get('/api/posts/by-user/:userId', 6, LIST, (turn) => `/api/posts/by-user/${user(turn)}?limit=${PAGE}`),
  get('/api/', 2, 'API ready', () => '/api/'),
  post('/api/users', 2, ({ unique }) => ({
    username: `load-${unique}`,
    name: 'A person under load',
    bio: '',
  })),
  post('/api/threads', 3, (turn) => ({ title: `Load ${turn.unique}`, createdBy: user(turn) })),
  post('/api/posts', 7, (turn) => ({
    thread: thread(turn),
    user: user(turn, 1),
    text: `An answer of ordinary length, as people write them below a thread when they agree. ${turn.unique}`,
  })),
  patchUser(4),
  deletePost(3),
];

/** The lines of the mix with these names, in its order; without names all of it. Throws on a name that no line has. */
export const routesNamed = (names: readonly string[]): Route[] => {
  const stranger = names.find((name) => !mix.some((route) => route.name === name));
  if (stranger !== undefined)
    throw new Error(`"${stranger}" is no route of the mix: use for example GET /api/posts`);
  return names.length === 0 ? mix : mix.filter((route) => names.includes(route.name));
};
