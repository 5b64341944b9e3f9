import assert from 'node:assert/strict';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { changeOneLine } from '../../deploy/images/change.ts';
import { createSay } from '../../deploy/images/say.ts';
import { readTargets } from '../../deploy/images/targets.ts';
import { read } from '../../lab/src/environments/compose/command.ts';
import { layerIds } from '../../lab/src/environments/compose/layers.ts';
import { changedFile, copySources } from '../../lab/src/experiments/delivery/change.ts';
import { type Component, imageOf } from './built.ts';

const layersOf = (component: Component): Promise<string[]> => layerIds(imageOf(component));

describe('the layers of the images', () => {
  it('are the same for all services but for one each', async () => {
    const users = await layersOf('users');
    for (const other of ['threads', 'posts'] as const) {
      const layers = await layersOf(other);
      assert.equal(layers.length, users.length);
      assert.equal(layers.filter((layer) => !users.includes(layer)).length, 1, other);
    }
  });

  it("are shared by the monolith as far as the services' packages go", async () => {
    const users = await layersOf('users');
    const monolith = await layersOf('monolith');
    const shared = monolith.filter((layer) => users.includes(layer));
    assert.ok(monolith.length - shared.length <= 2, `${shared.length} of ${monolith.length} are shared`);
  });

  it('are the same to the byte when the image is built from nothing, elsewhere and at another time', async (t) => {
    const copy = await copySources();
    const image = `cleave-test/again:${process.pid}`;
    t.after(async () => {
      await copy.remove();
      await read('docker', ['image', 'rm', '--force', image]);
    });
    await chmod(join(copy.folder, changedFile), 0o600); // as with another umask
    const args = ['--no-cache', '--quiet', '--build-arg=COMPONENT=services/posts', `--tag=${image}`];
    await read('docker', ['build', ...args, copy.folder]);
    assert.deepEqual(await layerIds(image), await layersOf('posts'));
  });

  it('change by exactly one, in the images that have posts in them, when one line of posts is changed', async (t) => {
    const changed = await changeOneLine(await readTargets(), undefined, {
      say: createSay(true),
      signal: t.signal,
    });
    const news = new Map(changed.map(({ component, newLayers }) => [component, newLayers]));
    assert.deepEqual([...news].sort(), [
      ['gateway', 0],
      ['monolith', 1],
      ['posts', 1],
      ['threads', 0],
      ['users', 0],
    ]);
    for (const { newLayers, newCompressedBytes } of changed)
      assert.ok(newLayers === 0 ? newCompressedBytes === 0 : newCompressedBytes < 100_000);
    assert.equal(await read('docker', ['image', 'ls', '--quiet', 'cleave/*:after-one-line']), '');
  });
});
