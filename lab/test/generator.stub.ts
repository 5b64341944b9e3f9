// A server that answers the contract's routes in shape, and four of them badly on purpose.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const ROWS = 30;

const rows = (url: URL): { id: number }[] => {
  const after = Number(url.searchParams.get('after') ?? 0);
  const limit = Number(url.searchParams.get('limit') ?? 100);
  return Array.from({ length: ROWS }, (_, i) => ({ id: i + 1 }))
    .filter(({ id }) => id > after)
    .slice(0, limit);
};

const DISCUSSION = {
  id: 1,
  title: 'A title',
  createdBy: 1,
  author: null,
  posts: null,
  degraded: ['users', 'posts'],
};

const answerTo = (method: string, url: URL): { status: number; body: unknown } => {
  const { pathname } = url;
  if (method === 'DELETE') return { status: 204, body: undefined };
  if (method === 'POST') return { status: 201, body: { id: 31, thread: 1, text: '"degraded":[', user: 1 } };
  if (pathname.endsWith('/discussion')) return { status: 200, body: DISCUSSION };
  if (pathname === '/api/posts') return { status: 503, body: {} };
  if (/^\/api\/threads\/\d+$/.test(pathname)) return { status: 200, body: { title: 'no id' } };
  if (/\/(users|threads|in-thread\/\d+|by-user\/\d+)$/.test(pathname))
    return { status: 200, body: rows(url) };
  return { status: 200, body: { id: 1 } };
};

const answer = (request: IncomingMessage, response: ServerResponse, asked: string[]): void => {
  request.resume();
  asked.push(`${request.method} ${request.url}`);
  if (request.method === 'PATCH') return; // never
  const url = new URL(request.url ?? '/', 'http://stub');
  const { status, body } = answerTo(request.method ?? '', url);
  response.statusCode = status;
  response.end(url.pathname === '/api/' ? 'API ready to receive requests' : body && JSON.stringify(body));
};

/**
 * Listens on a free port. Discussions are degraded, lists of all posts fail with 503, single threads have the
 * wrong shape, and changes of users are never answered. `asked` has each request's method and URL as they arrive.
 */
export const startStub = async (): Promise<{
  baseUrl: string;
  asked: string[];
  stop: () => Promise<void>;
}> => {
  const asked: string[] = [];
  const server = createServer((request, response) => answer(request, response, asked)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stub has no port');
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { baseUrl: `http://127.0.0.1:${address.port}`, asked, stop };
};
