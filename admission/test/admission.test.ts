import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import type { Gate } from '@cleave/admission/gate';
import { startAdmitting } from './support/component.ts';

const shut: Gate = {
  enter: () => false,
  leave: () => {},
  waited: () => {},
  refused: () => {},
  inFlight: () => 0,
  limit: () => 0,
};

async function startShut(t: TestContext) {
  const component = await startAdmitting([], { gate: shut });
  t.after(component.stop);
  return { ...component, url: `http://127.0.0.1:${component.port}` };
}

describe('a request that is refused', () => {
  it('gets 503 with Retry-After, as a problem like all others', async (t) => {
    const { url } = await startShut(t);
    const answer = await fetch(`${url}/api/things?limit=1`, { headers: { 'x-request-id': 'mine' } });
    const { headers } = answer;
    assert.deepEqual(
      [answer.status, headers.get('retry-after'), headers.get('x-request-id'), headers.get('x-served-by')],
      [503, '1', 'mine', 'test-1'],
    );
    assert.equal(headers.get('content-type'), 'application/problem+json');
    assert.deepEqual(await answer.json(), {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'There is more to do than can be done in time.',
      instance: '/api/things',
      requestId: 'mine',
    });
  });

  it('gets an id where it has none, and no body where it is a HEAD', async (t) => {
    const { url } = await startShut(t);
    const answer = await fetch(`${url}/api/things`, { method: 'HEAD' });
    assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    assert.equal(await answer.text(), '');
  });

  it('leaves the connection for the next one, its own body dropped', async (t) => {
    const { port } = await startShut(t);
    const socket = connect(port, '127.0.0.1');
    let answers = '';
    const two = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => {
        answers += String(chunk);
        if (answers.split('HTTP/1.1 503').length === 3) resolve();
      });
    });
    const body = 'x'.repeat(20_000);
    socket.write(`POST /api/things HTTP/1.1\r\nhost: h\r\ncontent-length: ${body.length}\r\n\r\n${body}`);
    socket.write('GET /api/things HTTP/1.1\r\nhost: h\r\n\r\n');
    await two;
    socket.destroy();
    await once(socket, 'close');
  });

  it('counts like all others, and the limit is told', async (t) => {
    const { url, adminPort } = await startShut(t);
    for (const path of ['/api/things', '/api/things/1', '/']) await (await fetch(`${url}${path}`)).text();
    const metrics = await (await fetch(`http://127.0.0.1:${adminPort}/metrics`)).text();
    const refused = (route: string) =>
      metrics.split(`count{component="test",route="${route}",method="GET",status="503"} `)[1]?.split('\n')[0];
    assert.deepEqual([refused('/api/*'), refused('/*')], ['2', '1']);
    assert.match(metrics, /^admission_limit\{component="test"\} 0$/m);
  });

  it('is none that asks how the component is', async (t) => {
    const { url, adminPort } = await startShut(t);
    for (const at of [url, `http://127.0.0.1:${adminPort}`]) {
      for (const path of ['/livez', '/readyz']) assert.equal((await fetch(`${at}${path}`)).status, 200, path);
    }
  });

  it('is none where ADMISSION_DELAY_MS is 0', async (t) => {
    const { port, stop } = await startAdmitting([], { gate: shut, env: { ADMISSION_DELAY_MS: '0' } });
    t.after(stop);
    assert.equal((await fetch(`http://127.0.0.1:${port}/api/things`)).status, 404);
  });
});
