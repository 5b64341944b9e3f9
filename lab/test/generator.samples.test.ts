import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { linesOf } from '../src/generator/lines.ts';
import { paceKeeper } from '../src/generator/pace.ts';
import { readSamples, type Sample, writeSamples } from '../src/generator/samples.ts';

let folder = '';
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cleave-samples-'));
});
after(() => rm(folder, { recursive: true }));

async function* stream<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

const sample = (n: number): Sample => ({
  timeMs: 1_800_000_000_000 + n,
  route: n % 2 ? 'GET /api/users/:userId' : 'DELETE /api/posts/:postId',
  status: n % 3 ? 200 : 0,
  durationMs: n / 8,
  failed: n % 3 === 0,
  degraded: n % 5 === 0,
});

test('samples come back as they were written', async () => {
  const file = join(folder, 'samples.csv.gz');
  const written = Array.from({ length: 2345 }, (_, n) => sample(n));
  await writeSamples(file, stream(written));
  assert.deepEqual(await Array.fromAsync(readSamples(file)), written);
});

test('a file that is cut short is an error, not a shorter run', async () => {
  const file = join(folder, 'cut.csv.gz');
  const whole = gzipSync(
    `timeMs,route,status,durationMs,failed,degraded\n${'1,GET /api/,200,1,0,0\n'.repeat(5000)}`,
  );
  await writeFile(file, whole.subarray(0, -20));
  await assert.rejects(Array.fromAsync(readSamples(file)), /unexpected end of file/);
});

test('a missing file and a line that is no sample are errors', async () => {
  await assert.rejects(Array.fromAsync(readSamples(join(folder, 'none.csv.gz'))), /ENOENT/);
  const file = join(folder, 'broken.csv.gz');
  await writeFile(
    file,
    gzipSync('timeMs,route,status,durationMs,failed,degraded\n1,GET /api/,200,fast,0,0\n'),
  );
  await assert.rejects(Array.fromAsync(readSamples(file)), /not a sample/);
});

test('lines are whole wherever the chunks end', async () => {
  assert.deepEqual(await Array.fromAsync(linesOf(stream(['a', 'b\nc', '\n', '\nd']))), ['ab', 'c', '', 'd']);
});

const paceOf = async (starts: number[], rate: number, seconds: number) => {
  const pace = paceKeeper({ rate, seconds });
  const samples = starts.map((timeMs) => ({ ...sample(1), timeMs }));
  await Array.fromAsync(pace.watch(stream(samples)));
  return pace.result();
};

test('a generator that keeps its rate is believed', async () => {
  const starts = Array.from({ length: 400 }, (_, n) => 5000 + n * 10);
  assert.deepEqual(await paceOf(starts, 100, 4), { requests: 400, lowestSecond: 1, fellBehind: false });
});

test('a generator that stood still for half a second is not, even if it caught up', async () => {
  const starts = Array.from({ length: 400 }, (_, n) => (n >= 200 && n < 250 ? 7500 : 5000 + n * 10));
  const shifted = starts.map((timeMs) => (timeMs === 7500 ? 8000 : timeMs));
  assert.equal((await paceOf(shifted, 100, 4)).fellBehind, true);
});

test('a generator that sent too little is not believed', async () => {
  const starts = Array.from({ length: 390 }, (_, n) => 5000 + n * (4000 / 390));
  assert.equal((await paceOf(starts, 100, 4)).fellBehind, true);
  assert.equal((await paceOf([], 100, 4)).fellBehind, true);
});
