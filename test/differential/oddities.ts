import { METHODS } from 'node:http';
import fc from 'fast-check';
import type { Plan } from './known.ts';
import { pathSegment } from './values.ts';
import { creation } from './writes.ts';

const knownPaths = [
  '/',
  '/api/',
  '/livez',
  '/readyz',
  '/api/users',
  '/api/users/1',
  '/api/threads',
  '/api/threads/1',
  '/api/threads/1/discussion',
  '/api/posts',
  '/api/posts/1000000',
  '/api/posts/in-thread/1',
  '/api/posts/by-user/1',
];
const strangePaths = [
  '*',
  '//',
  '/api',
  '/api//',
  '/API/users',
  '/api/users/',
  '/api/usersx',
  '/api/./users',
  '/x/../api/users',
  '/api/%75sers',
];

/** Any method on any path; CONNECT names no path. */
export const method = (): fc.Arbitrary<Plan> =>
  fc
    .record({
      method: fc.constantFrom(...METHODS.filter((name) => name !== 'CONNECT'), 'FOO', 'get'),
      path: fc.constantFrom(...knownPaths, ...strangePaths),
    })
    .map((ask) => () => ask);

/** Paths that no client library would send. */
export const rawPath = (): fc.Arbitrary<Plan> =>
  fc
    .oneof(
      fc.constantFrom(...strangePaths),
      fc.array(pathSegment(), { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
      fc.tuple(fc.constantFrom(...knownPaths), pathSegment()).map(([path, rest]) => `${path}${rest}`),
      fc.tuple(fc.constantFrom(...knownPaths), pathSegment()).map(([path, rest]) => `${path}?${rest}`),
      fc.tuple(fc.constantFrom(...knownPaths), fc.nat(30)).map(([path, at]) => flipCase(path, at)),
      fc.integer({ min: 100, max: 12_000 }).map((length) => `/api/${'x'.repeat(length)}`),
    )
    .map((path) => () => ({ method: 'GET', path }));

function flipCase(path: string, at: number): string {
  const index = at % path.length;
  return path.slice(0, index) + path.charAt(index).toUpperCase() + path.slice(index + 1);
}

/** A write whose body is encoded, framed or labelled in an unusual way. */
export const encoding = (): fc.Arbitrary<Plan> =>
  fc
    .record({
      creation: creation(),
      encode: fc.constantFrom<(text: string) => Buffer>(
        (text) => Buffer.from(text),
        (text) => Buffer.from(`\ufeff${text}`),
        (text) => Buffer.from(text, 'utf16le'),
        (text) => Buffer.from(text, 'latin1'),
        (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xff])]),
        (text) => Buffer.from(text.slice(0, -1)),
        (text) => Buffer.from(`${text}${text}`),
        (text) => Buffer.from(` \r\n\t${text}\n`),
        () => Buffer.alloc(0),
      ),
      type: fc.constantFrom(
        'application/json',
        'APPLICATION/Json',
        'application/json; charset=utf-8',
        'application/json;charset="UTF-8"',
        'application/json; charset=utf-16',
        'application/json; charset=',
        'application/json;',
        'application/json, text/plain',
        'application/problem+json',
        'text/plain',
        '',
      ),
      chunkBytes: fc.constantFrom(undefined, undefined, 1, 7, 1_000),
      contentEncoding: fc.constantFrom(undefined, undefined, undefined, 'gzip', 'identity', ''),
    })
    .map(({ creation: { path, body }, encode, type, chunkBytes, contentEncoding }): Plan => {
      return (known) => ({
        method: 'POST',
        path,
        headers: {
          'content-type': type,
          ...(contentEncoding !== undefined && { 'content-encoding': contentEncoding }),
        },
        body: encode(JSON.stringify(body(known))),
        ...(chunkBytes !== undefined && { chunkBytes }),
      });
    });

/** Bodies around the limit of 64 KiB, and far over it. */
export const size = (): fc.Arbitrary<Plan> =>
  fc
    .record({
      creation: creation(),
      bytes: fc.constantFrom(65_535, 65_536, 65_537, 70_000, 300_000),
      method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'DELETE', 'OPTIONS', 'PUT'),
      chunkBytes: fc.constantFrom(undefined, 4_096, 65_536),
    })
    .map(
      ({ creation: { path, body }, bytes, method: name, chunkBytes }): Plan =>
        (known) => {
          const text = Buffer.from(JSON.stringify(body(known)));
          return {
            method: name,
            path,
            headers: { 'content-type': 'application/json' },
            body: Buffer.concat([text, Buffer.alloc(Math.max(0, bytes - text.length), ' ')]),
            ...(chunkBytes !== undefined && { chunkBytes }),
          };
        },
    );

/** Headers that a proxy might act upon, or trip over. */
export const headers = (): fc.Arbitrary<Plan> =>
  fc
    .record({
      path: fc.constantFrom(...knownPaths, '/api/nowhere'),
      method: fc.constantFrom('GET', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'),
      headers: fc.subarray([
        ['x-request-id', 'one two'],
        ['x-request-id', 'x'.repeat(65)],
        ['accept', 'text/html'],
        ['accept-encoding', 'gzip, br'],
        ['accept-language', 'tlh'],
        ['cookie', 'session=1'],
        ['authorization', 'Basic eDp5'],
        ['if-none-match', '*'],
        ['if-modified-since', 'Fri, 01 Jan 2100 00:00:00 GMT'],
        ['range', 'bytes=0-1'],
        ['te', 'trailers'],
        ['expect', 'something-else'],
        ['upgrade', 'h2c'],
        ['upgrade', 'websocket'],
        ['x-longer', 'x'.repeat(17_000)],
        ['origin', 'http://elsewhere.example'],
        ['access-control-request-method', 'DELETE'],
        ['x-http-method-override', 'DELETE'],
        ['x-original-url', '/api/threads'],
        ['x-forwarded-for', '1.2.3.4'],
        ['x-forwarded-host', 'elsewhere.example'],
        ['x-forwarded-proto', 'https'],
        ['forwarded', 'for=1.2.3.4'],
        ['via', '1.1 elsewhere'],
        ['max-forwards', '0'],
        ['proxy-authorization', 'Basic eDp5'],
        ['proxy-connection', 'keep-alive'],
        ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
        ['x-empty', ''],
        ['x-latin1', 'caf\u00e9'],
        ['x-long', 'x'.repeat(9_000)],
        ['idempotency-key', ''],
        ['content-type', 'application/json'],
      ] as [string, string][]),
    })
    // Node does not know the method of what it refuses for its size, and so answers a HEAD with a body
    .filter(
      ({ method: name, headers: sent }) => name !== 'HEAD' || sent.every(([header]) => header !== 'x-longer'),
    )
    .map((ask) => () => ({ ...ask, headers: Object.fromEntries(ask.headers) }));
