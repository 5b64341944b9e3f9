import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const program = join(import.meta.dirname, '../src/untype.ts');

const main = `import { fail, type Reason } from './lib/fail.ts';

const reason: Reason = 'because';
if (process.argv.includes('fail')) fail(reason);
console.log(new URL(import.meta.url).pathname);
`;
const fail = `export type Reason = string;
export const fail = (reason: Reason): never => { throw new Error(reason); };
`;

describe('sources without types', () => {
  let folder: string;
  /** With Node told to look for types nowhere. */
  const start = (...words: string[]) =>
    run(process.execPath, ['--no-strip-types', join(folder, 'main.ts'), ...words]);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cleave-packing-'));
    mkdirSync(join(folder, 'lib'));
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(folder, 'main.ts'), main);
    writeFileSync(join(folder, 'lib/fail.ts'), fail);
    await run(process.execPath, [program, 'main.ts', 'lib/fail.ts'], { cwd: folder });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('run by their names', async () => {
    assert.equal((await start()).stdout.trim(), join(folder, 'main.js'));
  });

  it('are named in stack traces as before, with the same lines and columns', async () => {
    const source = pathToFileURL(join(folder, 'lib/fail.ts')).href;
    const column = (fail.split('\n')[1] ?? '').indexOf('new Error') + 1;
    await assert.rejects(start('fail'), ({ stderr }) => String(stderr).includes(`(${source}:2:${column})`));
  });

  it('are links beside what they lead to', () => {
    assert.equal(lstatSync(join(folder, 'lib/fail.ts')).isSymbolicLink(), true);
    assert.doesNotMatch(readFileSync(join(folder, 'lib/fail.ts'), 'utf8'), /Reason/);
  });
});
