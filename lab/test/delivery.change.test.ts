import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type Copy, changedFile, changedText, copySources } from '../src/experiments/delivery/change.ts';

const own = join(import.meta.dirname, '../..', changedFile);

async function copied(t: TestContext): Promise<Copy> {
  const copy = await copySources();
  t.after(() => copy.remove());
  return copy;
}

describe('the one-line change', () => {
  it('changes one line of a copy, and nobody’s own file', async (t) => {
    const before = await readFile(own, 'utf8');
    const copy = await copied(t);
    await copy.change('mark-1');
    const changed = (await readFile(join(copy.folder, changedFile), 'utf8')).split('\n');
    const different = changed.filter((line, index) => line !== before.split('\n')[index]);
    assert.equal(different.length, 1);
    assert.match(different[0] ?? '', /There is no post .*\(mark-1\)\./);
    assert.match(changedText(7, 'mark-1'), /There is no post 7 \(mark-1\)\./);
    assert.equal(await readFile(own, 'utf8'), before);
  });

  it('is made among all that images are built from, without what is installed', async (t) => {
    const { folder } = await copied(t);
    for (const name of ['Dockerfile', 'compose.yaml', 'package-lock.json', 'services/users/src/main.ts'])
      assert.ok(existsSync(join(folder, name)), name);
    for (const name of ['node_modules', '.git', 'lab']) assert.ok(!existsSync(join(folder, name)), name);
  });

  it('leaves nothing when it is removed, and says so when its line is no longer there', async (t) => {
    const copy = await copied(t);
    await copy.change('mark-1');
    await assert.rejects(copy.change('mark-2'), /has no longer the line/);
    await copy.remove();
    assert.ok(!existsSync(copy.folder));
  });
});
