import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { it } from 'node:test';
import { read } from '../../lab/src/environments/compose/command.ts';

const hasHadolint = spawnSync('hadolint', ['--version']).error === undefined;

it('hadolint finds nothing in the Dockerfiles', { skip: !hasHadolint && 'no hadolint on PATH' }, async () => {
  const found = await read('hadolint', [
    '--failure-threshold=style',
    'Dockerfile',
    'test/images/registry/Dockerfile',
  ]);
  assert.equal(found, '');
});
