import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { inspectImage } from '../../deploy/images/inspect.ts';
import { read } from '../../lab/src/environments/compose/command.ts';
import { imageOf, tag } from './built.ts';

const plan = z.object({
  target: z.record(z.string(), z.object({ platforms: z.array(z.string()).optional() })),
});

describe('the bake file', () => {
  it('has each component for both platforms', async () => {
    const { target } = plan.parse(
      JSON.parse(await read('docker', ['buildx', 'bake', '--print', 'every-platform'])),
    );
    assert.equal(Object.keys(target).length, 5);
    for (const { platforms } of Object.values(target))
      assert.deepEqual(platforms, ['linux/amd64', 'linux/arm64']);
  });
});

describe('an image of another platform', () => {
  const base = `cleave-test/other-base:${process.pid}`;
  let folder: string;
  let architecture: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cleave-platform-'));
    const own = (await inspectImage(imageOf('posts'))).Architecture;
    architecture = own === 'arm64' ? 'amd64' : 'arm64';
    // stands in for a base image of that platform: nothing in it can be run here, nor is there anything to run
    await writeFile(join(folder, 'marker'), 'another platform');
    await read('tar', ['-cf', join(folder, 'root.tar'), '-C', folder, 'marker']);
    await read('docker', ['import', `--platform=linux/${architecture}`, join(folder, 'root.tar'), base]);
  });
  after(async () => {
    await rm(folder, { recursive: true, force: true });
    await read('docker', ['image', 'rm', '--force', base, `cleave/posts:${tag}-other`]);
  });

  it('is built without running one of its programs, and has the same packages and sources', async () => {
    const sets = [`posts.platform=linux/${architecture}`, `posts.args.NODE_IMAGE=${base}`];
    const buildImage = process.env.NODE_IMAGE ?? 'node:26-trixie-slim';
    const args = [...sets, `posts.args.BUILD_IMAGE=${buildImage}`].flatMap((set) => ['--set', set]);
    await read('docker', ['buildx', 'bake', '--load', ...args, 'posts'], { env: { TAG: `${tag}-other` } });
    const other = await inspectImage(`cleave/posts:${tag}-other`);
    assert.equal(other.Architecture, architecture);
    const own = (await inspectImage(imageOf('posts'))).RootFS.Layers;
    const added = other.RootFS.Layers.slice(1);
    assert.deepEqual(added, own.slice(-added.length));
  });
});
