import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { findCell } from '../src/report/find.ts';
import {
  type Cell,
  type Fault,
  type MainTopology,
  type Phase,
  type Report,
  reportSchema,
} from '../src/report/schema.ts';
import { routes, syntheticReport } from './synthetic.ts';

let report: Report;
before(async () => {
  report = await syntheticReport();
});

const cell = (topology: MainTopology, fault: Fault, route: string, phase: Phase): Cell => {
  const found = findCell(report, topology, fault, route, phase);
  assert.ok(found, `${topology} ${fault} ${route} ${phase}`);
  return found;
};

test('the report of a known world is valid', () => {
  assert.doesNotThrow(() => reportSchema.parse(report));
});

test('there is a cell for every topology, fault, route and phase', () => {
  assert.equal(report.cells.length, 2 * 2 * Object.keys(routes).length * 3);
});

test('the monolith loses every route when it is killed', () => {
  const users = cell('monolith', 'kill', 'users and threads', 'fault');
  assert.equal(users.availability, 0);
  assert.equal(users.p99Ms, null);
  assert.equal(users.statuses['0'], users.requests);
});

test('the services lose posts and keep users and threads', () => {
  assert.ok((cell('microservices', 'kill', 'users and threads', 'fault').availability ?? 0) > 0.999);
  assert.equal(cell('microservices', 'kill', 'posts', 'fault').availability, 0);
});

test('degraded answers are counted as answered, and apart', () => {
  const discussion = cell('microservices', 'kill', 'GET /api/threads/:threadId/discussion', 'fault');
  assert.equal(discussion.availability, 1);
  assert.equal(discussion.degraded, discussion.requests);
});

test('the known shift of the median is found in the baseline', () => {
  const ratio =
    (cell('microservices', 'kill', 'posts', 'baseline').p50Ms ?? 0) /
    (cell('monolith', 'kill', 'posts', 'baseline').p50Ms ?? 1);
  assert.ok(Math.abs(ratio - 3.4 / 2.1) < 0.1, `${ratio}`);
});

test('recovery is counted from the removal of the fault', () => {
  // The monolith takes 1.4 s to start, so the second from 1 to 2 s still has failures.
  assert.equal(cell('monolith', 'kill', 'all routes', 'recovery').recoverySeconds, 2);
  assert.equal(cell('microservices', 'kill', 'users and threads', 'recovery').recoverySeconds, 0);
});

test('pooled cells have the requests of their routes', () => {
  const pooled = cell('monolith', 'hang', 'all routes', 'baseline').requests;
  const single = report.cells.filter(
    (one) => one.topology === 'monolith' && one.fault === 'hang' && one.phase === 'baseline',
  );
  assert.equal(
    pooled,
    single.reduce((sum, one) => sum + one.requests, 0),
  );
});

test('a timeline runs from the baseline to the end of the recovery', () => {
  const timeline = report.timelines.find((one) => one.fault === 'kill' && one.route === 'posts');
  assert.deepEqual([timeline?.second.at(0), timeline?.second.at(-1)], [-2, 8]);
});

test('a distribution ends at the availability', () => {
  const hung = report.distributions.find(
    (one) =>
      one.topology === 'microservices' &&
      one.fault === 'hang' &&
      one.route === 'GET /api/users' &&
      one.phase === 'fault',
  );
  const known = cell('microservices', 'hang', 'GET /api/users', 'fault').availability ?? 0;
  assert.ok(Math.abs((hung?.answered.at(-1) ?? 0) - known) < 1e-5);
});
