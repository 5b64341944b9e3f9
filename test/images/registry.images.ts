// Against a real registry, as `npm run images -- --push` would be used with it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { read } from '../../lab/src/environments/compose/command.ts';
import { components, imageOf, sbomFolder, tag } from './built.ts';
import { type Registry, startRegistry } from './registry/registry.ts';

const pushedBy = z.object({ reference: z.string(), digest: z.string(), sent: z.int(), known: z.int() });
const built = z.array(
  z.object({ component: z.string(), image: z.string(), layers: z.int(), pushed: pushedBy }),
);
const changed = z.array(z.object({ component: z.string(), newLayers: z.int(), pushed: pushedBy }));

const images = async (...args: string[]): Promise<unknown> =>
  JSON.parse(await read('node', ['deploy/images/images.ts', ...args, '--json']));

describe('pushing to a registry', () => {
  let registry: Registry;
  const pushAll = async () =>
    built.parse(await images('--tag', tag, '--push', registry.host, '--sbom', sbomFolder));

  before(async () => {
    registry = await startRegistry();
  });
  after(async () => {
    const list = [
      'image',
      'ls',
      '--format={{.Repository}}:{{.Tag}}',
      `--filter=reference=${registry.host}/*/*`,
    ];
    const left = await read('docker', list);
    if (left !== '') await read('docker', ['image', 'rm', ...left.split('\n')]);
    await registry.stop();
  });

  it('makes one repository for each component, and sends a layer that they share once', async () => {
    const pushed = await pushAll();
    assert.deepEqual(
      await registry.repositories(),
      components.map((component) => `cleave/${component}`).sort(),
    );
    const distinct = new Set<string>();
    let sent = 0;
    for (const { component, layers, pushed: to } of pushed) {
      assert.equal(to.reference, `${registry.host}/cleave/${component}:${tag}`);
      const stored = await registry.layersOf(`cleave/${component}`, to.digest);
      assert.equal(stored.length, layers);
      for (const layer of stored) distinct.add(layer);
      sent += to.sent;
    }
    assert.equal(sent, distinct.size);
  });

  it('sends nothing the second time', async () => {
    const before = await registry.blobs();
    for (const { pushed } of await pushAll()) assert.equal(pushed.sent, 0);
    assert.deepEqual(await registry.blobs(), before);
  });

  it('gives the images back as they were', async () => {
    const reference = `${registry.host}/${imageOf('posts')}`;
    const id = await read('docker', ['image', 'inspect', '--format={{.Id}}', reference]);
    await read('docker', ['image', 'rm', reference]);
    await read('docker', ['pull', '--quiet', reference]);
    assert.equal(await read('docker', ['image', 'inspect', '--format={{.Id}}', reference]), id);
  });

  it('sends exactly one layer of one image of the services when one line of posts was changed', async () => {
    const parsed = changed.parse(await images('change', '--push', registry.host));
    const sent = new Map(parsed.map(({ component, pushed }) => [component, pushed.sent]));
    assert.deepEqual([...sent].sort(), [
      ['gateway', 0],
      ['monolith', 1],
      ['posts', 1],
      ['threads', 0],
      ['users', 0],
    ]);
    const layers = (reference: string) => registry.layersOf('cleave/posts', reference);
    const before = await layers('before-one-line');
    const news = (await layers('after-one-line')).filter((layer) => !before.includes(layer));
    assert.equal(news.length, 1);
  });
});
