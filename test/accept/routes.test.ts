import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openRoutes } from '../../lab/src/environments/compose/routes.ts';

describe("a gateway's routes file during a rollout", () => {
  let folder = '';
  const text = () => readFile(join(folder, 'routes.json'), 'utf8');
  const theirs = `{ "version": 7, "routes": [
    { "prefix": "/a", "upstreams": [{ "name": "a", "url": "http://a:1", "weight": 1 }] },
    { "prefix": "/b", "upstreams": [{ "name": "b", "url": "http://b:1", "weight": 3, "addresses": ["10.0.0.9"] }] }
  ] }\n`;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cleave-routes-'));
    await writeFile(join(folder, 'routes.json'), theirs);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('sends one upstream to the replicas that are ready, and is afterwards what it was', async () => {
    const routes = await openRoutes(folder);
    const versions = [await routes.direct('a', ['10.0.0.1']), await routes.direct('a', ['10.0.0.2'])];
    assert.equal(new Set([7, ...versions]).size, 3, 'a version names one content only');
    const directed: unknown = JSON.parse(await text());
    assert.deepEqual(directed, {
      version: versions[1],
      routes: [
        {
          prefix: '/a',
          upstreams: [{ name: 'a', url: 'http://a:1', weight: 1, addresses: ['10.0.0.2'] }],
        },
        {
          prefix: '/b',
          upstreams: [{ name: 'b', url: 'http://b:1', weight: 3, addresses: ['10.0.0.9'] }],
        },
      ],
    });
    assert.equal(await routes.direct('a'), 7);
    assert.equal(await text(), theirs);
  });
});
