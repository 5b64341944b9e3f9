import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { reachable, readSources } from './sources.ts';

// what makes a module a process of its own, or part of one; all else is the module itself
const composition: Record<string, string[]> = {
  users: ['config.ts', 'main.ts'],
  threads: ['config.ts', 'discussion.authors.ts', 'discussion.composed.ts', 'main.ts'],
  posts: ['config.ts', 'main.ts'],
};

describe('the domain', () => {
  const sources = readSources();
  const monolith = reachable(sources, 'monolith/src/main.ts');

  for (const [module, own] of Object.entries(composition)) {
    it(`of ${module} is the same files in the monolith and in the service`, () => {
      const folder = `services/${module}/src/`;
      const within = (files: Set<string>) => [...files].filter((file) => file.startsWith(folder)).sort();
      const service = within(reachable(sources, `${folder}main.ts`));
      const domain = service.filter((file) => !own.includes(file.slice(folder.length)));
      assert.deepEqual(within(monolith), domain);
      for (const part of ['table', 'schema', 'repository', 'service', 'router']) {
        assert.ok(
          domain.includes(`${folder}${module}.${part}.ts`),
          `${module}.${part}.ts is part of neither`,
        );
      }
    });

    it(`of ${module} is changed by the same migrations in both`, () => {
      const folder = `services/${module}/migrations/`;
      const within = (entry: string) =>
        [...reachable(sources, entry)].filter((file) => file.startsWith(folder)).sort();
      assert.deepEqual(within('monolith/src/migrate.ts'), within(`services/${module}/src/migrate.ts`));
    });
  }

  it('is not in the monolith itself, which composes, joins and ties rows together', () => {
    const own = sources.filter(({ owner }) => owner === 'monolith').map(({ path }) => path);
    assert.deepEqual(own.sort(), [
      'monolith/migrations/0001-foreign-keys.ts',
      'monolith/migrations/index.ts',
      'monolith/src/config.ts',
      'monolith/src/discussion.joined.ts',
      'monolith/src/main.ts',
      'monolith/src/migrate.ts',
      'monolith/src/migrated.ts',
      'monolith/src/tables.ts',
    ]);
  });

  for (const plumbing of ['kit', 'replicas', 'admission', 'module-kit', 'faults', 'tracing', 'gateway']) {
    it(`is not known to ${plumbing}: no name or text in it speaks of users, threads, posts or discussions`, () => {
      const noun =
        /(?<![A-Za-z])(users?|threads?|posts?|discussions?)(?![a-z])|[a-z](Users?|Threads?|Posts?|Discussions?)(?![a-z])/;
      const shipped = sources.filter(({ owner, path }) => owner === plumbing && path.includes('/src/'));
      const named = shipped.flatMap(({ path, words }) =>
        words.filter((word) => noun.test(word)).map((word) => `${path}: ${word}`),
      );
      assert.deepEqual(named, []);
    });
  }
});
