import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { read } from '../../lab/src/environments/compose/command.ts';
import { type Copy, copySources } from '../../lab/src/experiments/delivery/change.ts';

const canary = 'canary-b7d1f0c2e6a94d53';
const image = `cleave-test/secrets:${process.pid}`;

/** What lies about in somebody's checkout, and is nobody else's business. */
const strays = [
  '.env',
  '.npmrc',
  'kit/.env',
  'services/posts/.env.local',
  'services/posts/src/.posts.service.ts.swp',
  'services/posts/debug.log',
  'services/posts/test/fixture.json',
  'services/posts/notes.md',
  'services/posts/node_modules/left-over/index.js',
  '.git/config',
  'credentials.json',
  'deploy/key.pem',
];

/** How many lines of a file have this text in them, those of archives too. */
const occurrences = async (text: string, file: string): Promise<number> =>
  Number(
    await read('sh', ['-c', 'grep --count --text --fixed-strings -e "$0" "$1" || [ $? = 1 ]', text, file]),
  );

describe('an image that is built with secrets at hand', () => {
  let copy: Copy;
  let folder: string;

  before(async () => {
    copy = await copySources();
    folder = await mkdtemp(join(tmpdir(), 'cleave-secrets-'));
    for (const stray of strays) {
      await mkdir(join(copy.folder, stray, '..'), { recursive: true });
      await writeFile(join(copy.folder, stray), canary);
    }
    await writeFile(join(folder, 'npmrc'), `//registry.invalid/:_authToken=${canary}\n`);
    await read('docker', [
      'build',
      '--quiet',
      '--no-cache-filter=packages', // or npm might not be run, and the secret not be used
      '--build-arg=COMPONENT=services/posts',
      `--secret=id=npmrc,src=${join(folder, 'npmrc')}`,
      `--tag=${image}`,
      copy.folder,
    ]);
    await read('docker', ['save', '--output', join(folder, 'image.tar'), image]);
  });

  after(async () => {
    await read('docker', ['image', 'rm', '--force', image]);
    await copy.remove();
    await rm(folder, { recursive: true, force: true });
  });

  it('has none of them in a layer', async () => {
    const archive = join(folder, 'image.tar');
    assert.ok((await occurrences('There is no post', archive)) > 0, 'the archive can be searched');
    assert.equal(await occurrences(canary, archive), 0);
  });

  it('has none of them in its history or its configuration', async () => {
    const told = await read('docker', ['history', '--no-trunc', image]);
    assert.match(told, /COPY \/app \/app/);
    for (const text of [told, await read('docker', ['inspect', image])]) assert.ok(!text.includes(canary));
  });
});
