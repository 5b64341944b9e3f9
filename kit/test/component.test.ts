import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it } from 'node:test';
import { createRouter } from '@cleave/kit/app';
import { ConfigError } from '@cleave/kit/config';
import { startTestComponent } from './support/component.ts';

const text = async (answer: Response): Promise<[number, string]> => [answer.status, await answer.text()];

function things() {
  const router = createRouter();
  router.get('/things/:id', (ctx) => {
    ctx.body = 'thing';
  });
  router.get('/broken', () => {
    throw new Error('s3cret');
  });
  return router;
}

describe('a component', () => {
  it('serves its handlers, and its probes on every port', async (t) => {
    const { traffic, admin, control, token, stop } = await startTestComponent({ handlers: [things()] });
    t.after(stop);
    assert.deepEqual(await text(await fetch(`${traffic}/things/1`)), [200, 'thing']);
    const headers = { authorization: `Bearer ${token}` };
    for (const port of [traffic, admin, control]) {
      assert.deepEqual(await text(await fetch(`${port}/livez`, { headers })), [200, 'live']);
      assert.deepEqual(await text(await fetch(`${port}/readyz`, { headers })), [200, 'ready']);
    }
  });

  it('shows metrics by route pattern on the admin port, and nowhere else', async (t) => {
    const { traffic, admin, stop } = await startTestComponent({ handlers: [things()] });
    t.after(stop);
    for (const path of ['/things/1', '/things/2', '/things/2/more', '/%00'])
      await (await fetch(`${traffic}${path}`)).text();
    assert.equal((await fetch(`${traffic}/metrics`)).status, 404);
    const metrics = await (await fetch(`${admin}/metrics`)).text();
    const count = (route: string, status: number) => {
      const labels = `component="test",route="${route}",method="GET",status="${status}"`;
      return metrics.split(`http_request_duration_seconds_count{${labels}} `)[1]?.split('\n')[0];
    };
    assert.deepEqual([count('/things/:id', 200), count('unmatched', 404)], ['2', '3']);
    assert.match(metrics, /^http_requests_in_flight{component="test"} 1$/m, 'the scrape itself');
    assert.match(metrics, /^nodejs_eventloop_lag_p99_seconds/m);
    assert.doesNotMatch(metrics, /things\/1/);
  });

  it('shows probes and metrics at another address than its traffic where it is told to', async (t) => {
    const host = process.platform === 'darwin' ? '[::1]' : '127.0.0.2'; // macOS answers at one IPv4 loopback address
    const ADMIN_HOST = host.replace(/^\[|\]$/g, '');
    const { traffic, admin, stop } = await startTestComponent({ handlers: [things()] }, { ADMIN_HOST });
    t.after(stop);
    assert.equal((await fetch(`${traffic}/things/1`)).status, 200);
    const { port } = new URL(admin);
    assert.equal((await fetch(`http://${host}:${port}/metrics`)).status, 200);
    await assert.rejects(fetch(`${admin}/metrics`));
  });

  it('lets only the holder of its token use the control port', async (t) => {
    const { control, token, stop } = await startTestComponent({ handlers: [] });
    t.after(stop);
    for (const authorization of ['', 'Bearer wrong', token, `Bearer ${token}x`, `bearer ${token}`]) {
      const answer = await fetch(`${control}/status`, { headers: { authorization } });
      assert.equal(answer.status, 401);
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
    }
    const answer = await fetch(`${control}/status`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(Reflect.get(Object(await answer.json()), 'component'), 'test');
  });

  it('answers an error that it does not know with a 500 that tells nothing', async (t) => {
    const { traffic, stop } = await startTestComponent({ handlers: [things()] });
    t.after(stop);
    const [status, body] = await text(await fetch(`${traffic}/broken`));
    assert.equal(status, 500);
    assert.match(body, /"title":"Internal Server Error"/);
    assert.doesNotMatch(body, /s3cret/);
  });

  it('is not ready while what it depends on is not, and lives', async (t) => {
    const { traffic, stop } = await startTestComponent({ handlers: [], isReady: async () => false });
    t.after(stop);
    const answer = await fetch(`${traffic}/readyz`);
    assert.deepEqual([answer.status, answer.headers.get('retry-after')], [503, '1']);
    assert.equal((await fetch(`${traffic}/livez`)).status, 200);
  });

  it('gives a request that comes too slowly up with 408', async (t) => {
    const { traffic, stop } = await startTestComponent(
      { handlers: [things()] },
      { REQUEST_TIMEOUT_MS: '100' },
    );
    t.after(stop);
    const socket = connect(Number(new URL(traffic).port), '127.0.0.1');
    socket.write('GET /things/1 HTTP/1.1\r\nHost: x\r\n');
    let answer = '';
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    await once(socket, 'close');
    assert.match(answer, /^HTTP\/1\.1 408 Request Timeout\r\n.*application\/problem\+json/s);
  });

  it('does not start on a port that is taken: one sentence names the variable', async (t) => {
    const first = await startTestComponent({ handlers: [] });
    t.after(first.stop);
    let closed = false;
    const { port } = new URL(first.traffic);
    const close = async () => {
      closed = true;
    };
    await assert.rejects(startTestComponent({ handlers: [], close }, { PORT: port }), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.equal(error.message, `PORT ${port} cannot be listened on at 127.0.0.1.`);
      return true;
    });
    assert.ok(closed, 'what it had opened was closed');
  });
});
