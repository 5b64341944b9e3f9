import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const refused = 'postgres://migrator:secret@127.0.0.1:1/forum';

const run = (args: string[], env: Record<string, string> = {}) =>
  spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env });

describe('npm run data', () => {
  it('explains itself with examples', () => {
    const { status, stdout } = run(['--help']);
    assert.equal(status, 0);
    assert.match(stdout, /npm run data -- --posts 100000/);
  });

  it('asks for a number of posts within bounds', () => {
    for (const posts of ['0', '10000001', '1e3', '-1', 'many']) {
      const { status, stderr } = run(['--posts', posts]);
      assert.equal(status, 1, posts);
      assert.match(stderr, /a whole number from 1 to 10000000/);
    }
  });

  it('says in one sentence what to do where nothing runs', () => {
    const empty = mkdtempSync(join(tmpdir(), 'data-test-'));
    const { status, stderr } = run(['--posts', '10'], { TMPDIR: empty });
    rmSync(empty, { recursive: true });
    assert.equal(status, 1);
    assert.equal(stderr, 'No environment was found: run npm start, or name databases (see --help).\n');
  });

  it('names a database that cannot be reached, and keeps its password to itself', () => {
    for (const { status, stdout, stderr } of [
      run(['--posts', '10', '--monolith-db', refused]),
      run(['--posts', '10'], { MONOLITH_DB_URL: refused }),
    ]) {
      assert.equal(status, 1);
      assert.equal(stderr, 'monolith-db cannot be loaded: nothing answers there.\n');
      assert.doesNotMatch(stdout + stderr, /secret/);
    }
  });
});
