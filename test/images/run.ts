// Builds the images of all components with a tag of its own, tests what is in them, how they run and how they are
// pushed, and removes them:  npm run test:images
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { read, show } from '../../lab/src/environments/compose/command.ts';

const interrupted = new AbortController();
// every time: a second one must not keep us from removing the images
process.on('SIGINT', () => interrupted.abort()).on('SIGTERM', () => interrupted.abort());
const { signal } = interrupted;

const tag = `test-${process.pid}`;
const sboms = await mkdtemp(join(tmpdir(), 'cleave-sboms-'));
const files = process.argv.slice(2);
try {
  const built = await show('node', ['deploy/images/images.ts', '--tag', tag, '--sbom', sboms], { signal });
  const env = { IMAGES_TAG: tag, IMAGES_SBOMS: sboms };
  const suite = files.length === 0 ? ['test/images/*.images.ts'] : files;
  // one after the other: each builds, and builds share the cache
  const tested =
    built === 0 ? await show('node', ['--test', '--test-concurrency=1', ...suite], { env, signal }) : built;
  if (tested !== 0) process.exitCode = 1;
} finally {
  await rm(sboms, { recursive: true, force: true });
  const left = await read('docker', [
    'image',
    'ls',
    '--format={{.Repository}}:{{.Tag}}',
    `--filter=reference=*/*:${tag}`,
  ]);
  if (left !== '') await read('docker', ['image', 'rm', ...left.split('\n')]);
}
