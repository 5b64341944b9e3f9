import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import type { Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { engineNames } from '../src/engines.ts';
import { ask } from './support/client.ts';
import { routesTo, startGateway } from './support/gateway.ts';
import { startRawUpstream, startUpstream } from './support/upstream.ts';

/** A gateway before an upstream that answers each request with the bytes that `answer` gives. */
async function startBytes(
  t: TestContext,
  engine: Record<string, string>,
  answer: (socket: Socket, request: string) => void,
) {
  const upstream = await startRawUpstream(t, (socket) => {
    socket
      .setNoDelay()
      .setEncoding('latin1')
      .on('data', (request: string) => answer(socket, request));
  });
  return { ...(await startGateway(t, routesTo({ things: upstream.url }), {}, engine)), upstream };
}

const ok = (body: string, ...headers: string[]): string =>
  ['HTTP/1.1 200 OK', `content-length: ${body.length}`, ...headers, '', body].join('\r\n');

// what is no answer in HTTP/1.1, or none with a single meaning
const malformed: [string, string][] = [
  ['another protocol', '220 ready\r\n\r\n'],
  ['another version', 'HTTP/1.2 200 OK\r\n\r\n'],
  ['a status that is none', 'HTTP/1.1 099 No\r\n\r\n'],
  ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
  ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 5\r\n\r\nhello'],
  ['a length that is negative', 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n'],
  ['a length in hexadecimal', 'HTTP/1.1 200 OK\r\ncontent-length: 0x5\r\n\r\nhello'],
  [
    'a length and chunks',
    'HTTP/1.1 200 OK\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['a blank before the colon', 'HTTP/1.1 200 OK\r\ncontent-length : 5\r\n\r\nhello'],
  ['a line without a name', 'HTTP/1.1 200 OK\r\n: b\r\n\r\n'],
  ['a line without a colon', 'HTTP/1.1 200 OK\r\nx-a\r\n\r\n'],
  ['a NUL', 'HTTP/1.1 200 OK\r\nx-a: \0\r\n\r\n'],
  ['a name that is no token', 'HTTP/1.1 200 OK\r\nx(a): b\r\n\r\n'],
  ['a head without an end', `HTTP/1.1 200 OK\r\nx-a: ${'a'.repeat(20_000)}`],
];

const chunked = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n';
// and what goes wrong when the client has the head
const broken: [string, string][] = [
  ['a chunk whose size is no number', `${chunked}x\r\n`],
  ['a chunk that is longer than its size', `${chunked}3\r\nabcd\r\n0\r\n\r\n`],
  ['an end before the last chunk', chunked],
  ['an end before its length', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf'],
];

for (const GATEWAY_ENGINE of engineNames) {
  const engine = { GATEWAY_ENGINE };

  test(`${GATEWAY_ENGINE}: an answer is understood wherever it is cut on the way`, async (t) => {
    const answers = [
      ok('twelve bytes', 'x-kind: length'),
      'HTTP/1.1 200 OK\r\nx-kind: chunks\r\ntransfer-encoding: chunked\r\n\r\n6\r\ntwelve\r\n6;x=y\r\n bytes\r\n0\r\nx-t: 1\r\n\r\n',
    ];
    let pieces: string[] = [];
    const { port, upstream } = await startBytes(t, engine, (socket) => {
      const [first = '', second = ''] = pieces;
      socket.write(first);
      setImmediate(() => socket.write(second));
    });
    for (const text of answers) {
      for (let cut = 0; cut <= text.length; cut += 1) {
        pieces = [text.slice(0, cut), text.slice(cut)];
        assert.equal((await ask(port, '/api/things')).body, 'twelve bytes');
      }
    }
    assert.equal(upstream.accepted(), 1);
  });

  test(`${GATEWAY_ENGINE}: what comes before an answer is not the answer`, async (t) => {
    const early = 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n';
    const { port, upstream } = await startBytes(t, engine, (socket) =>
      socket.write(early + early + ok('answer')),
    );
    for (let asked = 0; asked < 3; asked += 1) {
      const { status, body, headers } = await ask(port, '/api/things');
      assert.deepEqual([status, body, headers.link], [200, 'answer', undefined]);
    }
    assert.equal(upstream.accepted(), 1);
  });

  test(`${GATEWAY_ENGINE}: an answer without a length or chunks ends with its connection`, async (t) => {
    const { port, upstream } = await startBytes(t, engine, (socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\nto the ');
      setImmediate(() => socket.end('end'));
    });
    assert.equal((await ask(port, '/api/things')).body, 'to the end');
    assert.equal((await ask(port, '/api/things')).body, 'to the end');
    assert.equal(upstream.accepted(), 2);
  });

  test(`${GATEWAY_ENGINE}: answers to HEAD, 204 and 304 have no body, and their connection is used again`, async (t) => {
    const { port, upstream } = await startBytes(t, engine, (socket, request) => {
      if (request.startsWith('HEAD')) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n');
      else if (request.startsWith('DELETE')) socket.write('HTTP/1.1 204 No Content\r\n\r\n');
      else socket.write('HTTP/1.1 304 Not Modified\r\netag: "1"\r\n\r\n');
    });
    const head = await ask(port, '/api/things', { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '1000', '']);
    const known = await ask(port, '/api/things');
    assert.deepEqual([known.status, known.headers.etag, known.body], [304, '"1"', '']);
    const gone = await ask(port, '/api/things', { method: 'DELETE' });
    assert.deepEqual([gone.status, gone.body], [204, '']);
    assert.equal(upstream.accepted(), 1);
  });

  test(`${GATEWAY_ENGINE}: a connection is used once more only if the upstream lets it`, async (t) => {
    let answer = '';
    const { port, upstream } = await startBytes(t, engine, (socket) => socket.write(answer));
    const connectionsFor = async (each: string): Promise<number> => {
      answer = each;
      const before = upstream.accepted();
      for (let asked = 0; asked < 3; asked += 1) assert.equal((await ask(port, '/api/things')).body, 'a');
      return upstream.accepted() - before;
    };
    assert.equal(await connectionsFor(ok('a', 'connection: close')), 3);
    assert.equal(
      await connectionsFor(ok('a', 'keep-alive: timeout=1')),
      3,
      'a second is left to the other side',
    );
    assert.equal(await connectionsFor(ok('a')), 1);
  });

  test(`${GATEWAY_ENGINE}: a second answer to one request reaches nobody`, async (t) => {
    let asked = 0;
    const { port, upstream } = await startBytes(t, engine, (socket) => {
      asked += 1;
      socket.write(ok(`answer ${asked}`));
      if (asked === 1) setImmediate(() => socket.write(ok('to nobody')));
    });
    assert.equal((await ask(port, '/api/things')).body, 'answer 1');
    await until('the connection is closed', () => upstream.sockets.size === 0);
    assert.equal((await ask(port, '/api/things')).body, 'answer 2');
  });

  test(`${GATEWAY_ENGINE}: a connection whose last client was slow is read again for the next`, async (t) => {
    const large = Buffer.alloc(8 * 1_048_576, 'x');
    const upstream = await startUpstream(t, (_req, res) => res.end(large));
    const { port } = await startGateway(t, routesTo({ things: upstream.url }), {}, engine);
    for (let asked = 0; asked < 5; asked += 1) {
      const req = http.get({ port, host: '127.0.0.1', path: '/api/things', agent: false });
      const [res] = await once(req, 'response');
      let bytes = 0;
      for await (const piece of res) {
        bytes += piece.length;
        res.pause();
        setImmediate(() => res.resume());
      }
      assert.equal(bytes, large.length);
    }
    assert.equal(upstream.accepted(), 1);
  });

  test(`${GATEWAY_ENGINE}: what is no HTTP is 503, and its connection is closed`, async (t) => {
    let answer = '';
    const { port, upstream } = await startBytes(t, engine, (socket) => socket.write(answer));
    for (const [what, bytes] of malformed) {
      answer = bytes;
      const { status, headers } = await ask(port, '/api/things', { method: 'POST' });
      assert.deepEqual([status, headers['content-type']], [503, 'application/problem+json'], what);
      answer = ok('well'); // so that the circuit stays closed
      assert.equal((await ask(port, '/api/things', { method: 'POST' })).body, 'well', what);
    }
    assert.equal(upstream.accepted(), 1 + malformed.length);
    await until('one connection is left', () => upstream.sockets.size === 1);
  });

  test(`${GATEWAY_ENGINE}: an answer that goes wrong is broken for its client too`, async (t) => {
    let answer = '';
    const { port, upstream } = await startBytes(t, engine, (socket) => socket.end(answer));
    for (const [what, bytes] of broken) {
      answer = bytes;
      await assert.rejects(ask(port, '/api/things', { method: 'POST' }), { code: 'ECONNRESET' }, what);
    }
    await until('no connection is left', () => upstream.sockets.size === 0);
  });
}
