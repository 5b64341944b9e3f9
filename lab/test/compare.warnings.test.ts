import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderTable } from '../src/compare/table.ts';
import { withWarnings } from '../src/compare/warnings.ts';
import { findCell } from '../src/report/find.ts';
import { renderPage } from '../src/report/page.ts';
import { syntheticReport } from './synthetic.ts';

test('a quiet machine and healthy topologies give no warning', async () => {
  assert.deepEqual(withWarnings(await syntheticReport()).warnings, []);
});

test('a busy machine is told of', async () => {
  const report = await syntheticReport();
  const { warnings } = withWarnings({ ...report, machine: { ...report.machine, busyBefore: 0.6 } });
  assert.deepEqual(warnings, ['Something else kept 60 % of this machine busy just before the run began.']);
});

test('a topology that ailed before it was broken is told of, on the page and in the terminal', async () => {
  const report = await syntheticReport();
  const baseline = findCell(report, 'microservices', 'hang', 'all routes', 'baseline');
  Object.assign(baseline ?? {}, { availability: 0.81 });
  const warned = withWarnings(report);
  const sentence = /Before posts was hung, microservices answered only 81 %/;
  assert.match(warned.warnings.join(), sentence);
  assert.match(renderPage(warned, { styles: [], scripts: [] }), sentence);
  assert.match(renderTable(warned), sentence);
});

test('trials that could not be made are told of', async () => {
  const { warnings } = withWarnings({ ...(await syntheticReport()), trials: 2 });
  assert.deepEqual(warnings, ['Of 3 trials of each topology only 2 could be made; the others were void.']);
});

test('the terminal shows both topologies side by side under each fault', async () => {
  const lines = renderTable(await syntheticReport()).split('\n');
  assert.match(
    lines.find((line) => line.includes('GET /api/users ')) ?? '',
    / 0 % │ +100 % │ +\d+ % † │ +100 % │/,
  );
});
