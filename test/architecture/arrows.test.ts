import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { readSources, root } from './sources.ts';

const services = ['services/users', 'services/threads', 'services/posts'];

/** What each part may import besides itself. Everything else is a broken arrow; tests may use the environments and test/support. */
const arrows: Record<string, string[]> = {
  kit: [],
  replicas: [],
  admission: ['kit'],
  'module-kit': ['kit', 'replicas', 'admission'],
  faults: ['kit'],
  tracing: ['kit'],
  'services/users': ['kit', 'module-kit', 'admission', 'faults', 'tracing'],
  'services/threads': ['kit', 'module-kit', 'admission', 'faults', 'tracing'],
  'services/posts': ['kit', 'module-kit', 'admission', 'faults', 'tracing'],
  forum: ['kit'],
  monolith: ['kit', 'module-kit', 'admission', 'faults', 'tracing', 'forum', ...services],
  gateway: ['kit', 'forum', 'replicas', 'admission', 'tracing'],
  data: [],
  load: [],
  deploy: ['lab'],
  aws: ['lab'],
  bench: ['lab', 'gateway'],
  packing: [],
  lab: ['load'],
  test: ['kit', 'replicas', 'module-kit', 'monolith', 'gateway', 'load', 'lab', 'deploy', 'aws', ...services],
};

// k6 brings its own modules
const given: Record<string, string> = { load: 'k6' };

const versions = z.record(z.string(), z.string()).default({});
const manifest = z
  .object({ dependencies: versions, optionalDependencies: versions, devDependencies: versions })
  .transform(({ dependencies, optionalDependencies, devDependencies }) => ({
    dependencies: { ...dependencies, ...optionalDependencies },
    devDependencies,
  }));
const manifestOf = (folder: string) =>
  manifest.parse(JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')));

const isTest = (path: string): boolean => /(^|\/)test\//.test(path);

describe('arrows', () => {
  const sources = readSources();
  const shipped = sources.filter(({ path, owner }) => !isTest(path) && owner !== 'deploy');

  for (const [owner, allowed] of Object.entries(arrows)) {
    const what = allowed.length === 0 ? 'nothing else of this repository' : allowed.join(', ');
    it(`${owner} imports ${what}`, () => {
      const own = sources.filter((source) => source.owner === owner);
      assert.ok(own.length > 0, 'there is no such part');
      const broken = own.flatMap(({ path, files }) => {
        const parts = [owner, ...allowed, ...(isTest(path) ? ['lab', 'test/support'] : [])];
        const stray = files.filter((file) => !parts.some((part) => file.startsWith(`${part}/`)));
        return stray.map((file) => `${path} -> ${file}`);
      });
      assert.deepEqual(broken, []);
    });
  }

  it('every part has its arrows listed here', () => {
    assert.deepEqual([...new Set(sources.map(({ owner }) => owner))].sort(), Object.keys(arrows).sort());
  });

  it('what is shipped imports packages that its own package.json names as dependencies', () => {
    const undeclared = shipped.flatMap(({ path, owner, packages }) => {
      const { dependencies } = manifestOf(owner);
      return packages
        .filter((name) => !(name in dependencies) && name !== given[owner])
        .map((name) => `${path} -> ${name}`);
    });
    assert.deepEqual(undeclared, []);
  });

  it('every dependency is used', () => {
    const unused = [...new Set(shipped.map(({ owner }) => owner))].flatMap((owner) => {
      const own = shipped.filter((source) => source.owner === owner);
      const names = Object.keys(manifestOf(owner).dependencies);
      // by an import, or by the path of a file in it
      const isUsed = (name: string) =>
        own.some(({ words }) => words.some((word) => word === name || word.startsWith(`${name}/`)));
      return names.filter((name) => !isUsed(name)).map((name) => `${owner}: ${name}`);
    });
    assert.deepEqual(unused, []);
  });
});
