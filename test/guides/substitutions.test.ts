import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { blocksOf } from './guide.ts';
import { substitutions } from './substitutions.ts';

const docs = join(import.meta.dirname, '../../docs');

describe('what is done in another way than a guide says', () => {
  for (const [guide, list] of Object.entries(substitutions)) {
    it(`is said so in ${guide}`, () => {
      const commands = blocksOf(readFileSync(join(docs, guide), 'utf8')).map(({ source }) => source);
      const unsaid = list.filter(({ text }) => !commands.some((source) => source.includes(text)));
      assert.deepEqual(unsaid, []);
    });
  }

  it('undoes what it did: every guide ends with blocks that run in any case', () => {
    for (const guide of Object.keys(substitutions))
      assert.ok(
        blocksOf(readFileSync(join(docs, guide), 'utf8')).some(({ isCleanup }) => isCleanup),
        guide,
      );
  });
});
