import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { openDataFolder, removeDataFolder, temporaryPath } from '../src/environments/local/data-folder.ts';
import { readState, writeState } from '../src/environments/local/state.ts';

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('a data folder', () => {
  it('is removed at the end when it is a temporary one', async () => {
    const folder = await openDataFolder(temporaryPath(), true);
    assert.equal((await stat(folder.path)).mode & 0o777, 0o700);
    await folder.release();
    assert.equal(existsSync(folder.path), false);
  });

  it('is kept when it was given, with its passwords readable by their owner only', async (t) => {
    const folder = await openDataFolder(join(await newFolder(t), 'kept'), false);
    const state = await readState(folder.path);
    await writeState(folder.path, state);
    await folder.release();
    const again = await readState(folder.path);
    assert.deepEqual(again.roles, state.roles);
    assert.notDeepEqual(again.controlTokens, state.controlTokens);
    assert.equal((await stat(join(folder.path, 'state.json'))).mode & 0o777, 0o600);
  });

  it('is neither used nor removed when the files in it are not ours', async (t) => {
    const folder = await newFolder(t);
    await writeFile(join(folder, 'thesis.txt'), 'irreplaceable');
    await assert.rejects(openDataFolder(folder, false), /has files that are not Cleave's/);
    await assert.rejects(removeDataFolder(folder), /nothing was removed/);
    assert.deepEqual(await readdir(folder), ['thesis.txt']);
  });

  it('is neither shared nor removed while it is in use', async (t) => {
    const folder = await openDataFolder(await newFolder(t), false);
    await assert.rejects(openDataFolder(folder.path, false), {
      name: 'CannotStart',
      message: /in use by process/,
    });
    await assert.rejects(removeDataFolder(folder.path), /in use by process/);
    await folder.release();
    assert.equal(await removeDataFolder(folder.path), true);
    assert.equal(existsSync(folder.path), false);
  });

  it('is free again when its user ended without letting go', async (t) => {
    const { path } = await openDataFolder(await newFolder(t), false);
    const namesake = { pid: process.pid, began: 'at some other time' };
    await writeFile(join(path, 'holder.json'), JSON.stringify(namesake));
    const { release } = await openDataFolder(path, false);
    await release();
  });

  it('that is not there needs no removal', async (t) => {
    assert.equal(await removeDataFolder(join(await newFolder(t), 'none')), false);
  });
});
