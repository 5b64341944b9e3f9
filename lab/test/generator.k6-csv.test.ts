import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { readK6Csv } from '../src/generator/k6-csv.ts';
import type { Sample } from '../src/generator/samples.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cleave-k6-csv-'));
});
after(() => rm(folder, { recursive: true }));

const HEADER =
  'metric_name,timestamp,metric_value,error_code,expected_response,name,scenario,status,extra_tags,metadata';
const DISCUSSION = 'GET /api/threads/:threadId/discussion';

type Request = {
  endMs: number;
  duration: string;
  blocked?: string;
  name?: string;
  status?: number;
  errorCode?: string;
  scenario?: string;
};

/** The nine lines that k6 writes for a request, as far as they matter. */
const request = ({
  endMs,
  duration,
  blocked = '0.000000',
  name = DISCUSSION,
  status = 200,
  errorCode = '',
  scenario = 'load',
}: Request): string => {
  const tags = `${errorCode},${status === 200},${name},${scenario},${status},,`;
  const line = (metric: string, value: string): string => `${metric},${endMs * 1000},${value},${tags}`;
  return [
    line('http_reqs', '1.000000'),
    line('http_req_duration', duration),
    line('http_req_blocked', blocked),
    line('http_req_failed', '0'),
  ].join('\n');
};

const remark = (metric: string, endMs: number, duration: string): string =>
  `${metric},${endMs * 1000},${duration},,,${DISCUSSION},load,,,`;

const reduce = async (...lines: string[]): Promise<{ samples: Sample[]; dropped: number }> => {
  const file = join(folder, 'raw.csv');
  await writeFile(file, `${[HEADER, ...lines].join('\n')}\n`);
  const tally = { droppedIterations: 0 };
  const samples = await Array.fromAsync(readK6Csv(file, 2000, tally));
  return { samples, dropped: tally.droppedIterations };
};

test('a request is timed from its start, the wait for a connection included', async () => {
  const { samples } = await reduce(request({ endMs: 10_000, duration: '20.250000', blocked: '1.500000' }));
  assert.deepEqual(samples, [
    { timeMs: 9978, route: DISCUSSION, status: 200, durationMs: 21.75, failed: false, degraded: false },
  ]);
});

test('a timeout while connecting took as long as the timeout, though k6 measured nothing', async () => {
  const { samples } = await reduce(
    request({ endMs: 10_000, duration: '0.000000', status: 0, errorCode: '1211' }),
  );
  assert.deepEqual(samples, [
    { timeMs: 8000, route: DISCUSSION, status: 0, durationMs: 2000, failed: true, degraded: false },
  ]);
});

test('a refused connection failed at once', async () => {
  const { samples } = await reduce(
    request({ endMs: 10_000, duration: '0.000000', status: 0, errorCode: '1212' }),
  );
  assert.deepEqual([samples[0]?.durationMs, samples[0]?.failed], [0, true]);
});

test('what the script noticed goes to the request that it is about', async () => {
  const { samples } = await reduce(
    request({ endMs: 10_000, duration: '20.000001' }),
    request({ endMs: 10_000, duration: '20.000002' }),
    request({ endMs: 10_001, duration: '20.000003' }),
    remark('degraded_answers', 10_002, '20.000002'),
    remark('wrong_answers', 10_003, '20.000001'),
  );
  assert.deepEqual(
    samples.map((sample) => [sample.failed, sample.degraded]),
    [
      [true, false],
      [false, true],
      [false, false],
    ],
  );
});

test('two requests of the same duration both count', async () => {
  const same = request({ endMs: 10_000, duration: '20.000001' });
  const { samples } = await reduce(same, same, remark('degraded_answers', 10_002, '20.000001'));
  assert.deepEqual(
    samples.map((sample) => sample.degraded),
    [false, true],
  );
});

test('a remark about no request is an error', async () => {
  await assert.rejects(reduce(remark('degraded_answers', 10_002, '20.000002')), /belongs to no request/);
});

test('requests before the load are left out and dropped iterations are counted', async () => {
  const { samples, dropped } = await reduce(
    request({ endMs: 10_000, duration: '1.000000', name: 'before the load', scenario: '' }),
    'dropped_iterations,10000000,1.000000,,,,load,,,',
    'dropped_iterations,10000100,1.000000,,,,load,,,',
  );
  assert.deepEqual([samples, dropped], [[], 2]);
});

test('a file without the columns that are needed is an error', async () => {
  const file = join(folder, 'other.csv');
  await writeFile(file, 'metric_name,timestamp,metric_value\n');
  await assert.rejects(Array.fromAsync(readK6Csv(file, 2000, { droppedIterations: 0 })), /no column name/);
});
