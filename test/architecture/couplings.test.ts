import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCouplings } from '../../lab/src/experiments/delivery/code/couplings.ts';
import { importsIn, readSources as readAsText } from '../../lab/src/experiments/delivery/code/imports.ts';
import { readSources } from './sources.ts';

const folders = [
  'kit',
  'replicas',
  'admission',
  'module-kit',
  'tracing',
  'services',
  'forum',
  'monolith',
  'gateway',
  'data',
];

describe('the couplings that the lab reads from the sources', () => {
  it('are the imports that TypeScript sees', () => {
    const isHere = (path: string) =>
      path.endsWith('.ts') && folders.some((folder) => path.startsWith(`${folder}/`));
    const parsed = readSources().filter(({ path }) => isHere(path));
    const seen = new Map(
      readAsText(folders).map(({ path, imports }) => [path, imports.map((one) => one.path)]),
    );
    assert.ok(parsed.length > 100);
    for (const { path, files } of parsed) assert.deepEqual(seen.get(path)?.sort(), files.sort(), path);
  });

  it('tell types from values, and nothing else from an import', () => {
    const text = [
      `import type { A } from './a.ts';`,
      `import { type B, b } from './b.ts';`,
      `import './c.ts';`,
      `export * from './d.ts';`,
      `export const from = './e.ts';`,
      `const text = "import './f.ts'";`,
      'import {',
      '  g,',
      `} from './g.ts';`,
    ].join('\n');
    assert.deepEqual(
      importsIn(text).map(({ specifier, isType }) => [specifier, isType]),
      [
        ['./a.ts', true],
        ['./b.ts', false],
        ['./c.ts', false],
        ['./d.ts', false],
        ['./g.ts', false],
      ],
    );
  });

  it('have a change in a module reach its own service and the monolith, and no other service', () => {
    const { reaches, programs } = readCouplings();
    for (const module of ['users', 'threads', 'posts']) {
      const reach = reaches.find(({ changed }) => changed === `services/${module}`);
      assert.deepEqual(reach?.components, ['monolith', module]);
      assert.deepEqual(programs.find(({ component }) => component === module)?.modules, [module]);
    }
    assert.deepEqual(programs.find(({ component }) => component === 'gateway')?.modules, []);
  });
});
