import assert from 'node:assert/strict';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { flatten } from '../src/flatten.ts';
import { scattered } from '../src/scattered.ts';

const installed = join(import.meta.dirname, '../../node_modules');

/** What a file exports, loaded as Node loads it. */
const exportsOf = async (file: string): Promise<string[]> =>
  Object.keys(await import(pathToFileURL(file).href)).sort();

const imports = /^(?:import|export|}).* from ["']\.|require\(["']\.\.?\//m;

describe('the scattered packages', () => {
  let folder: string;
  const copies = (): string => join(folder, 'node_modules');

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cleave-packing-'));
    for (const { name } of scattered)
      cpSync(join(installed, name), join(copies(), name), { recursive: true });
    for (const one of scattered) assert.equal(await flatten(copies(), one), true);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { name, entries } of scattered) {
    it(`${name} exports in one file what it exported before`, async () => {
      for (const entry of entries) {
        const exported = await exportsOf(join(copies(), name, entry));
        assert.ok(exported.length > 5);
        assert.deepEqual(exported, await exportsOf(join(installed, name, entry)));
      }
    });
  }

  it('import files of their own only where entries share one', () => {
    const importing = scattered.flatMap(({ name, entries }) =>
      entries.filter((entry) => imports.test(readFileSync(join(copies(), name, entry), 'utf8'))),
    );
    assert.deepEqual(importing, ['dist/index.js', 'dist/migration/index.js']);
  });

  it('have no second copy of what became one file', () => {
    assert.deepEqual(globSync('lib/**/*.js', { cwd: join(copies(), 'undici') }), []);
  });

  it('are the same bytes in another folder', async () => {
    const again = join(folder, 'again/node_modules');
    for (const one of scattered) {
      cpSync(join(installed, one.name), join(again, one.name), { recursive: true });
      await flatten(again, one);
    }
    const read = (where: string): [string, string][] => {
      const files = globSync('**/*.{js,cjs,mjs}', { cwd: where }).sort();
      return files.map((file) => [file, readFileSync(join(where, file), 'utf8')]);
    };
    assert.deepEqual(read(again), read(copies()));
  });

  it('need not be there', async () => {
    assert.equal(await flatten(join(folder, 'nowhere'), { name: 'none', format: 'esm', entries: [] }), false);
  });
});
