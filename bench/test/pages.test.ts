import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { replaced } from '../src/bench.ts';
import { parts, partsNamed } from '../src/parts.ts';
import { benchSchema, type PartResult } from '../src/result.ts';
import { withFigures } from '../src/show/markdown.ts';
import { page } from '../src/show/page.ts';
import { renderPart } from '../src/show/terminal.ts';

const estimate = { value: 34.21, low: 33.8, high: 34.9, trials: 10 };

const gateway: PartResult = {
  name: 'gateway',
  title: 'Gateway <1>',
  generatedAt: '2026-01-02T03:04:05.678Z',
  commit: 'abc',
  command: 'npm run bench -- gateway',
  quick: false,
  machine: { cpu: 'CPU', cores: 2, memoryGiB: 8, os: 'Linux', node: 'v26.0.0', busyBefore: 0.01 },
  versions: { nginx: '1.22.1' },
  notes: ['A note.'],
  tables: [
    {
      title: 'Engines',
      columns: [{ title: 'CPU a request', unit: 'µs', digits: 1 }],
      rows: [
        { name: 'ours', cells: [estimate] },
        { name: 'theirs', cells: [{ value: 80, low: null, high: null, trials: 1 }] },
        { name: 'none', cells: [null] },
      ],
    },
  ],
  charts: [
    {
      title: 'Latency',
      x: 'connections',
      y: 'ms',
      logX: true,
      series: [{ name: 'ours', x: [1, 10], y: [1, null] }],
    },
  ],
  bars: [
    { what: 'CPU', kind: 'at most', limit: 0.45, unit: '×', value: estimate, met: false },
    { what: 'more', kind: 'at least', limit: 1, unit: '', value: null, met: false },
  ],
  windows: [],
  seconds: 61,
};

test('the page has every figure, its plots, and escapes what it is given', async () => {
  const html = await page([gateway]);
  for (const text of [
    '34.2 (33.8–34.9)',
    '80.0',
    'class="plot"',
    'not met',
    'Gateway &lt;1&gt;',
    'nginx 1.22.1',
    '43%',
  ])
    assert.ok(html.includes(text), text);
});

test('the terminal shows tables, aims and notes', () => {
  const text = renderPart(gateway);
  for (const part of ['Engines', '34.2 (33.8–34.9)', '–', 'at most 0.45 ×', 'not measured', '· A note.'])
    assert.ok(text.includes(part), part);
});

test('figures go between the marks of their part, again and again, with their date and commit', () => {
  const document = 'a\n<!-- figures of gateway -->\nold\n<!-- end of gateway -->\nb\n';
  const once = withFigures(document, gateway);
  assert.ok(once.startsWith('a\n') && once.endsWith('\nb\n') && !once.includes('old'));
  assert.ok(once.includes('| ours | 34.2 (33.8–34.9) |') && once.includes('2026-01-02, commit abc'));
  assert.equal(withFigures(once, gateway), once);
  assert.throws(() => withFigures('none', gateway), RangeError);
});

test('the document of figures has a place for every part', () => {
  const document = readFileSync(join(import.meta.dirname, '../../docs/performance.md'), 'utf8');
  for (const { name } of parts) assert.ok(withFigures(document, { ...gateway, name }).length > 0, name);
});

test('a result takes the place of the last one of its part, and leaves those of others', () => {
  const older = { ...gateway, commit: 'older' };
  const tax = { ...gateway, name: 'tax' };
  const known = replaced(replaced(replaced([], tax), older), gateway);
  assert.deepEqual(known, [gateway, tax]);
  assert.deepEqual(benchSchema.parse(JSON.parse(JSON.stringify({ parts: known }))).parts, known);
});

test('a name that no part has is told in one sentence', () => {
  assert.throws(() => partsNamed(['gatway']), { message: /^"gatway" is no part: there are gateway, / });
  assert.equal(partsNamed([]).length, parts.length);
});
