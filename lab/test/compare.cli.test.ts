import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { readOptions, repeatCommand } from '../src/compare/options.ts';

const entry = join(import.meta.dirname, '../src/compare.ts');

const run = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [entry, ...args], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });

test('help shows examples and ends with 0', async () => {
  const { code, stdout } = await run('--help');
  assert.equal(code, 0);
  assert.match(stdout, /Examples:\n {2}npm run compare/);
});

test('wrong usage is explained and ends with 2', async () => {
  const wrong: [string[], RegExp][] = [
    [['--trials', '0'], /from 1 to 100/],
    [['--faults', 'kill,explode'], /a list of kill and hang/],
    [['--unheard-of'], /unknown option/],
    [['surplus'], /too many arguments/],
  ];
  for (const [args, sentence] of wrong) {
    const { code, stderr } = await run(...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, sentence);
  }
});

test('a folder without a report cannot be drawn again, and that ends with 1', async () => {
  const { code, stderr } = await run('--redraw', join(import.meta.dirname, 'no-such-folder'));
  assert.equal(code, 1);
  assert.match(stderr, /report\.json/);
});

test('quick changes trials and seconds unless they are given', () => {
  assert.deepEqual([readOptions([]).trials, readOptions([]).seconds, readOptions([]).rate], [3, 4, 400]);
  assert.deepEqual([readOptions(['--quick']).trials, readOptions(['--quick']).seconds], [1, 3]);
  assert.equal(readOptions(['--quick', '--trials', '2']).trials, 2);
});

test('the command of a report repeats it', () => {
  const options = readOptions(['--trials', '2', '--faults', 'hang']);
  const [, args = ''] = repeatCommand(options).split(' -- ');
  assert.deepEqual(readOptions(args.split(' ')), options);
});
