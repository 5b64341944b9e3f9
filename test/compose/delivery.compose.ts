import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { read } from '../../lab/src/environments/compose/command.ts';
import { copySources } from '../../lab/src/experiments/delivery/change.ts';
import { buildChange } from '../../lab/src/experiments/delivery/images.ts';

describe('a one-line change in posts', () => {
  it('makes one new layer in the images that run posts, none in the others, and leaves no image', async (t) => {
    const copy = await copySources();
    t.after(() => copy.remove());
    const mark = `delivery-test-${process.pid}`;
    const build = await buildChange(copy, ['monolith', 'users', 'posts'], mark, t.signal);
    const changed = build.images.map(({ component, newLayers }) => [component, newLayers]);
    assert.deepEqual(changed, [
      ['monolith', 1],
      ['users', 0],
      ['posts', 1],
    ]);
    for (const { newLayers, newBytes, newCompressedBytes } of build.images)
      if (newLayers > 0) assert.ok(newCompressedBytes > 0 && newBytes > newCompressedBytes);
    await build.remove();
    assert.equal(await read('docker', ['image', 'ls', '--quiet', `cleave/posts:${mark}`]), '');
  });
});
