import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answer, Ask } from '../support/http.ts';
import { type Api, refused } from './api.ts';

/** Requests that never become one, answered in the form of every other problem. */
export function sockets(api: Api): void {
  describe('a request that HTTP does not allow', () => {
    const ask: Ask = { method: 'GET', path: '/' };
    const closed = (answer: Answer, status: number): void => {
      refused(answer, status);
      assert.equal(answer.headers.connection, 'close');
    };

    it('is answered with 400 when it is malformed', async () => {
      const malformed = [
        'nonsense\r\n\r\n',
        'GET / HTTP/9.9\r\nHost: x\r\n\r\n',
        'BREW / HTTP/1.1\r\nHost: x\r\n\r\n',
        'GET /a b HTTP/1.1\r\nHost: x\r\n\r\n',
        'GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n',
        'GET / HTTP/1.1\r\nHost: x\r\nbad\u0001name: x\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx',
        'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
        'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\nConnection: close\r\n\r\n',
      ];
      for (const bytes of malformed) closed(await api.bytes(ask, bytes), 400);
    });

    it('is answered with 400 when Host is missing', async () => {
      refused(await api.bytes(ask, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'), 400);
    });

    it('is answered with 431 when its head is over 16 KiB, and not when it is below', async () => {
      const head = (bytes: number) =>
        `GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Fill: ${'x'.repeat(bytes)}\r\n\r\n`;
      closed(await api.bytes(ask, head(17_000)), 431);
      assert.equal((await api.bytes(ask, head(15_000))).status, 200);
      const user = head(15_000).replace('GET / ', 'GET /api/users/1 ');
      assert.equal((await api.bytes({ method: 'GET', path: '/api/users/1' }, user)).status, 200);
    });

    it('is answered with 426 when it asks for a WebSocket', async () => {
      for (const path of ['/', '/api/threads', '/api/nowhere']) {
        const upgrade =
          'Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eHh4eHh4eHh4eHh4eHh4eA==';
        const answer = await api.bytes(
          { ...ask, path },
          `GET ${path} HTTP/1.1\r\nHost: x\r\n${upgrade}\r\n\r\n`,
        );
        refused(answer, 426);
        assert.equal(answer.headers.upgrade, 'HTTP/1.1');
      }
    });
  });

  describe('a request that HTTP allows and few send', () => {
    it('is answered: HTTP/1.0, without Host', async () => {
      const answer = await api.bytes({ method: 'GET', path: '/livez' }, 'GET /livez HTTP/1.0\r\n\r\n');
      assert.equal(answer.status, 200);
    });

    it('is answered: a body that waits for 100 Continue', async () => {
      const head =
        'Content-Type: application/json\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close';
      const bytes = `POST /api/users HTTP/1.1\r\nHost: x\r\n${head}\r\n\r\n{}`;
      refused(await api.bytes({ method: 'POST', path: '/api/users' }, bytes), 400);
    });
  });
}
