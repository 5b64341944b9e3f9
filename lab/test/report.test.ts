import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { answers } from '../src/report/answers.ts';
import { loadAssets } from '../src/report/assets.ts';
import { formatInterval, formatMs, formatShare } from '../src/report/format.ts';
import { headline, lede } from '../src/report/headline.ts';
import { heatStep } from '../src/report/heat.ts';
import { html, jsonForScript } from '../src/report/html.ts';
import { jsonSchemaFile, jsonSchemaText } from '../src/report/json-schema.ts';
import { renderPage } from '../src/report/page.ts';
import type { Report } from '../src/report/schema.ts';
import { writeReport } from '../src/report/write.ts';
import { goldenFile, goldenPage } from './report.golden.ts';
import { syntheticReport } from './synthetic.ts';

let report: Report;
before(async () => {
  report = await syntheticReport();
});

const noAssets = { styles: [], scripts: [] };

/** Fails with the first line that differs: a whole page would bury it. */
const assertSameText = (actual: string, expected: string, advice: string): void => {
  const [lines, wanted] = [actual.split('\n'), expected.split('\n')];
  const at = lines.findIndex((line, index) => line !== wanted[index]);
  if (actual !== expected) assert.fail(`line ${at + 1} is\n${lines[at]}\nnot\n${wanted[at]}\n${advice}`);
};

test('the page is the one that was looked at (golden file)', async () => {
  assertSameText(
    await goldenPage(),
    await readFile(goldenFile, 'utf8'),
    'If it should be: node lab/test/report.golden.ts',
  );
});

test('the headline is made from the numbers', () => {
  assert.equal(
    headline(report).replaceAll('\u00a0', ' '),
    'With the process that serves posts killed, microservices answered 100 % of the requests for users and threads; the monolith answered 0 %.',
  );
});

test('what follows the headline tells of the other fault and of the cost', () => {
  assert.match(
    lede(report),
    /^With it hung: .+ against .+, most of it only after the fault had ended\. With nothing broken, .+ 2\.\d ms and microservices 3\.\d ms\.$/,
  );
});

test('the first questions are answered for both topologies', () => {
  const [breaks, costs, noise] = answers(report);
  assert.deepEqual(breaks?.rows[0], { label: 'killed', values: ['14 of 14', '5 of 14'] });
  assert.match(breaks?.note ?? '', /1 more answered with a part missing/);
  assert.match(costs?.note ?? '', /1\.6\d× the median/);
  assert.match(noise?.note ?? '', /Apart: killed, hung, median\.$/);
});

test('topologies that overlap are said not to differ', () => {
  const alike = structuredClone(report);
  for (const cell of [...alike.cells, ...alike.pooled])
    Object.assign(cell, { availabilityCi: [0.5, 0.6], p50MsByTrial: [2, 3, 4] });
  assert.match(answers(alike)[2]?.note ?? '', /No difference found: killed, hung, median\.$/);
});

test('one trial is not said to show how trials differ', () => {
  const single = structuredClone(report);
  for (const cell of [...single.cells, ...single.pooled]) Object.assign(cell, { p50MsByTrial: [2] });
  assert.match(answers(single)[2]?.note ?? '', /One trial cannot tell: median\.$/);
});

test('a page needs no network', async () => {
  const page = renderPage(report, await loadAssets());
  assert.doesNotMatch(page, /<(?:link|img|script|iframe)[^>]*\s(?:src|href)=/);
  assert.doesNotMatch(page, /@import|url\(/);
});

test('a preview says so on every page and every table', () => {
  const page = renderPage(
    { ...report, preview: true, engine: { name: 'autocannon', version: '9.0.0' } },
    noAssets,
  );
  const captions = page.match(/<caption>[^<]*<\/caption>/g) ?? [];
  assert.ok(captions.length >= 7);
  for (const caption of captions) assert.match(caption, /Preview/);
  assert.match(page, /<b>Preview\.<\/b> Made with autocannon/);
});

test('a report of a measurement does not speak of a preview', () => {
  assert.doesNotMatch(renderPage(report, noAssets), /preview/i);
});

test('what comes from outside cannot become markup', () => {
  assert.equal(html`<p>${'<script>"&'}</p>`.text, '<p>&lt;script&gt;&quot;&amp;</p>');
  assert.equal(jsonForScript('</script>').text, '"\\u003c/script>"');
});

test('a share is never rounded up to everything or down to nothing', () => {
  assert.deepEqual([1, 0, 0.99999, 0.000001, 0.9998, 0.955, 0.125, null].map(formatShare), [
    '100 %',
    '0 %',
    '99.99 %',
    '< 0.01 %',
    '99.98 %',
    '95.5 %',
    '12 %',
    '–',
  ]);
});

test('times and intervals are written short', () => {
  assert.deepEqual([0.844, 12.34, 345.6, 2000, null].map(formatMs), [
    '0.84 ms',
    '12.3 ms',
    '346 ms',
    '2.0 s',
    '–',
  ]);
  assert.equal(formatInterval([0.9981, 1]), '99.81–100 %');
});

test('each step of the heat scale has its own shares', () => {
  assert.deepEqual([1, 0.9995, 0.995, 0.95, 0.6, 0.2, 0, null].map(heatStep), [
    '0',
    '1',
    '2',
    '3',
    '4',
    '5',
    '6',
    'none',
  ]);
});

test('the JSON Schema is the one that reports are checked with', async () => {
  assertSameText(
    await readFile(jsonSchemaFile, 'utf8'),
    jsonSchemaText(),
    'Run: node lab/src/report/write-json-schema.ts',
  );
});

test('a report is written whole, and can be read back', async (t) => {
  const out = await mkdtemp(join(tmpdir(), 'report-'));
  t.after(() => rm(out, { recursive: true }));
  const files = await writeReport(out, report);
  assert.deepEqual(JSON.parse(await readFile(files.json, 'utf8')), report);
  assert.match(await readFile(files.html, 'utf8'), /^<!doctype html>/);
});

test('a report that is not valid is not written', async (t) => {
  const out = await mkdtemp(join(tmpdir(), 'report-'));
  t.after(() => rm(out, { recursive: true }));
  await assert.rejects(writeReport(out, { ...report, trials: 0 }), /trials/);
  assert.deepEqual(await readdir(out), []);
});
