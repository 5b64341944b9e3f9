import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { createApp } from '@cleave/kit/app';
import { createLog } from '@cleave/kit/log';
import { createMetrics } from '@cleave/kit/metrics';
import { portOf } from '@cleave/kit/server';
import { serveForum } from '../src/forum.ts';

let server: Server;
let base: string;

before(async () => {
  const instance = 'forum-test';
  const log = createLog('forum', { INSTANCE: instance, LOG_LEVEL: 'silent' });
  const health = { draining: false, isReady: async () => true };
  const app = createApp({ instance, log, metrics: createMetrics('forum'), health }, [serveForum()]);
  server = createServer(app.callback()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${portOf(server)}`;
});

after(() => {
  server.closeAllConnections();
  server.close();
});

const get = (path: string, init: RequestInit = {}) => fetch(base + path, { redirect: 'manual', ...init });

/** The files that a text refers to: `src`, `href` and `from`, without the views' own addresses. */
const references = (text: string): string[] =>
  [...text.matchAll(/(?:src=|href=|from )["']([^"'#]+)["']/g)].map((match) =>
    String(match[1]).replace('./', ''),
  );

describe('the forum page', () => {
  it('is served at /forum/ with every file that it refers to, each of its own type', async () => {
    const wanted = [''];
    const types = new Map<string, string>();
    for (const name of wanted) {
      const answer = await get(`/forum/${name}`);
      assert.equal(answer.status, 200, name);
      types.set(name, answer.headers.get('content-type') ?? '');
      wanted.push(...references(await answer.text()).filter((found) => !wanted.includes(found)));
    }
    assert.equal(types.get(''), 'text/html; charset=utf-8');
    assert.equal(types.get('forum.css'), 'text/css; charset=utf-8');
    assert.equal(types.get('discussion.view.js'), 'text/javascript; charset=utf-8');
    assert.equal(types.get('icon.svg'), 'image/svg+xml');
  });

  it('sends a strict policy with every file, and forbids guessing of types', async () => {
    for (const path of ['/forum/', '/forum/forum.js', '/forum/forum.css', '/forum/icon.svg']) {
      const { headers } = await get(path);
      const policy = headers.get('content-security-policy') ?? '';
      for (const rule of [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
      ]) {
        assert.ok(policy.split('; ').includes(rule), `${path}: ${rule}`);
      }
      assert.doesNotMatch(policy, /unsafe|\*|https?:/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
    }
  });

  it('is asked for again each time, and sent again only when it changed', async () => {
    const first = await get('/forum/forum.js');
    assert.equal(first.headers.get('cache-control'), 'no-cache');
    const etag = first.headers.get('etag') ?? '';
    const second = await get('/forum/forum.js', {
      headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' },
    });
    assert.equal(second.status, 304);
    assert.equal(await second.text(), '');
    const other = await get('/forum/forum.js', { headers: { 'if-none-match': '"other"' } });
    assert.equal(other.status, 200);
  });

  it('answers HEAD as GET without a body', async () => {
    const answer = await get('/forum/', { method: 'HEAD' });
    assert.equal(answer.status, 200);
    assert.ok(Number(answer.headers.get('content-length')) > 100);
    assert.equal(await answer.text(), '');
  });

  it('refuses other methods with 405 and names those that it takes', async () => {
    for (const path of ['/forum/', '/forum', '/forum/forum.js']) {
      const answer = await get(path, { method: 'POST', body: 'x' });
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.get('allow'), 'GET, HEAD, OPTIONS');
      assert.equal(answer.headers.get('content-type'), 'application/problem+json');
    }
    const options = await get('/forum/', { method: 'OPTIONS' });
    assert.equal(options.status, 204);
    assert.equal(options.headers.get('allow'), 'GET, HEAD, OPTIONS');
  });

  it('sends /forum on to /forum/ for good', async () => {
    const answer = await get('/forum?from=here');
    assert.equal(answer.status, 308);
    assert.equal(answer.headers.get('location'), '/forum/');
  });

  it('leaves every other path to what follows', async () => {
    const outside = ['/forum/other.js', '/forum/index.html', '/forum/tsconfig.json', '/forumx', '/Forum/'];
    for (const path of [...outside, '/forum/..%2fpackage.json', '/forum//', '/forum/%66orum.js']) {
      assert.equal((await get(path)).status, 404, path);
    }
  });

  it('has nothing inline and never turns text into markup', async () => {
    const html = await (await get('/forum/')).text();
    assert.doesNotMatch(html, /<style|style=|<script(?![^>]* src=)|\son[a-z]+=/i);
    const scripts = [...html.matchAll(/src="([^"]+\.js)"/g)].map((match) => String(match[1]));
    for (const name of scripts) {
      const script = await (await get(`/forum/${name}`)).text();
      assert.doesNotMatch(script, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/, name);
      scripts.push(...references(script).filter((found) => !scripts.includes(found)));
    }
    assert.ok(scripts.length > 5);
  });
});
