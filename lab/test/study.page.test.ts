import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { renderStudy } from '../src/experiments/study-page.ts';
import { exampleChapters, exampleStudy } from './study.example.ts';
import { goldenStudy, goldenStudyFile } from './study.golden.ts';

const noAssets = { styles: [], scripts: [] };

test('the page of a study is the one that was looked at (golden file)', async () => {
  assert.deepEqual(goldenStudy().split('\n'), (await readFile(goldenStudyFile, 'utf8')).split('\n'));
});

test('four questions stand at the top, each with at most three findings, and no finding is lost', () => {
  const page = renderStudy(exampleStudy, exampleChapters, noAssets);
  const top = page.slice(0, page.indexOf('<nav>'));
  const cards = top.slice(top.indexOf('class="findings"'), top.indexOf('class="more"'));
  for (const question of [
    'What breaks',
    'What did the split cost',
    'What did the split buy',
    'more than noise',
  ])
    assert.ok(cards.includes(question), question);
  assert.ok(cards.includes('A further finding 2.') && !cards.includes('A further finding 3.'));
  assert.ok(top.includes('A further finding 4.'));
  assert.match(cards, /Not measured in this study\./);
});

test('the figures that a reader wants first stand side by side, in the order of the questions', () => {
  const page = renderStudy(exampleStudy, exampleChapters, noAssets);
  const table = page.slice(page.indexOf('class="summary"'), page.indexOf('class="findings"'));
  const rows = [...table.matchAll(/<th scope="row">(.+?)<\/th>(.+?)<\/tr>/gs)].map(([, label, cells]) => [
    label,
    [...(cells ?? '').matchAll(/<td>(.*?)<\/td>/g)].map(([, value]) => value),
  ]);
  assert.deepEqual(rows, [
    ['answered', ['0 %', '100 %', '66 %', '–']],
    ['median', ['1.5 ms', '2.9 ms', '–', '–']],
  ]);
});

test('what makes a study doubtful is said before its title', () => {
  const doubtful = { ...exampleStudy, quick: true, env: 'local' as const };
  const page = renderStudy(doubtful, exampleChapters, noAssets);
  const before = page.slice(0, page.indexOf('<h1>'));
  for (const words of [
    'A quick run',
    'not enforced',
    'One trial is missing',
    'kept 31 % of the machine busy',
  ])
    assert.ok(before.includes(words), words);
});

test('void and missing trials are listed with their reasons, and text is escaped', () => {
  const page = renderStudy(exampleStudy, exampleChapters, noAssets);
  assert.match(page, /1 void trials that were repeated, 1 that are missing/);
  assert.match(page, /microservices-hang-2.*the generator fell behind/s);
  assert.ok(page.includes('An &lt;old&gt; CPU') && page.includes('threads &amp; the monolith'));
});
