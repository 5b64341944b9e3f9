import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { patchOf, steps } from '../../lab/src/accept/seed-exercise/images.ts';
import { type Copy, copySources } from '../../lab/src/experiments/delivery/change.ts';

describe('the solution of the seed exercise', () => {
  let copy: Copy;
  before(async () => {
    copy = await copySources();
  });
  after(() => copy.remove());

  it('applies to the sources as they are, step by step', () => {
    for (const step of steps) {
      execFileSync('git', ['-C', copy.folder, 'apply', patchOf(step)], { stdio: 'pipe' });
    }
    const index = readFileSync(join(copy.folder, 'services/users/migrations/index.ts'), 'utf8');
    const names = [...index.matchAll(/'(\d{4}-[a-z-]+)':/g)].map(([, name]) => name);
    assert.deepEqual(names, [...names].sort());
    assert.equal(names.length, 7);
  });
});
