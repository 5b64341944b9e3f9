import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { SyntaxKind } from 'typescript/unstable/ast';
import { z } from 'zod';
import { readSources, root } from './sources.ts';

const lines = (text: string): number => text.split('\n').length - 1;

// what a person or an orchestrator starts, and what reads the configuration for it
const readsEnvironment = [
  /\/(main|migrate|migrated|config)\.ts$/,
  /^lab\/src\/(start|compare|reset|load)\.ts$/,
  /^lab\/src\/generator\/settings\.ts$/,
  /^deploy\/(compose\/credentials|images\/images)\.ts$/, // each is a program
  /^lab\/src\/environments\/compose\/command\.ts$/, // hands all of it on to docker
  /(^|\/)test\//,
];

describe('habits', () => {
  const sources = readSources();
  const paths = (found: typeof sources) => found.map(({ path }) => path);

  it('the environment is read only where a process begins', () => {
    const reading = sources.filter(({ text }) => /process\.env|import\.meta\.env/.test(text));
    const elsewhere = reading.filter(({ path }) => !readsEnvironment.some((place) => place.test(path)));
    assert.deepEqual(paths(elsewhere), []);
  });

  it('no file says any, insists with !, or silences a checker', () => {
    const kinds = [SyntaxKind.AnyKeyword, SyntaxKind.NonNullExpression];
    assert.deepEqual(paths(sources.filter((source) => kinds.some((kind) => source.kinds.has(kind)))), []);
    const silenced = /@ts-(ignore|expect-error|nocheck)|biome-ignore/;
    assert.deepEqual(
      paths(
        sources.filter(({ path, text }) => silenced.test(text) && !path.startsWith('test/architecture/')),
      ),
      [],
    );
  });

  it('kit has at most 600 lines', () => {
    const kit = sources.filter(({ path }) => path.startsWith('kit/src/'));
    const total = kit.reduce((sum, { text }) => sum + lines(text), 0);
    assert.ok(total > 0 && total <= 600, `it has ${total}`);
  });

  it('no file has more than 250 lines, and half of them fewer than 80', () => {
    const sizes = sources
      .map(({ path, text }) => ({ path, size: lines(text) }))
      .sort((a, b) => a.size - b.size);
    assert.deepEqual(
      sizes.filter(({ size }) => size > 250),
      [],
    );
    const median = sizes[Math.floor(sizes.length / 2)]?.size ?? 0;
    assert.ok(median > 0 && median < 80, `the median is ${median}`);
  });

  it('every dependency is pinned exactly', () => {
    const versions = z.record(z.string(), z.string()).default({});
    const manifest = z.object({
      dependencies: versions,
      devDependencies: versions,
      optionalDependencies: versions,
    });
    const files = globSync('{*/,services/*/,}package.json', { cwd: root }).filter(
      (file) => !file.startsWith('node_modules'),
    );
    assert.ok(files.length > 10);
    const loose = files.flatMap((file) => {
      const { dependencies, devDependencies, optionalDependencies } = manifest.parse(
        JSON.parse(readFileSync(join(root, file), 'utf8')),
      );
      const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
      return all
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name]) => `${file}: ${name}`);
    });
    assert.deepEqual(loose, []);
  });
});
