import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { mix } from '@cleave/load/mix';
import { findGenerator } from '../src/generator/find-generator.ts';
import type { Generator } from '../src/generator/generator.ts';
import { REQUEST_TIMEOUT_MS } from '../src/generator/k6-generator.ts';
import { previewGenerator } from '../src/generator/preview.ts';
import { readSamples, type Sample } from '../src/generator/samples.ts';
import { startStub } from './generator.stub.ts';

const RATE = 100;
const SECONDS = 2;

let folder = '';
let stub: Awaited<ReturnType<typeof startStub>>;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cleave-generator-'));
  stub = await startStub();
});
after(async () => {
  await stub.stop();
  await rm(folder, { recursive: true });
});

// k6 where it is installed; a test neither pulls nor builds one.
const generators = new Set<Generator>([
  await findGenerator({ log: () => {}, sources: ['path'] }),
  previewGenerator,
]);

const only = (samples: Sample[], route: string): Sample[] => {
  const chosen = samples.filter((sample) => sample.route === route);
  assert.ok(chosen.length > 0, `no sample of ${route}`);
  return chosen;
};

for (const generator of generators) {
  test(`${generator.engine.name} turns each request into one sample that says how it went`, async () => {
    const samplesFile = join(folder, `${generator.engine.name}.csv.gz`);
    let beganMs = 0;
    const onStart = (): void => {
      beganMs = Date.now();
    };
    const result = await generator.run({
      baseUrl: stub.baseUrl,
      rate: RATE,
      seconds: SECONDS,
      samplesFile,
      onStart,
    });
    const samples = await Array.fromAsync(readSamples(samplesFile));

    assert.equal(result.requests, samples.length);
    assert.deepEqual(new Set(samples.map((sample) => sample.route)), new Set(mix.map((route) => route.name)));
    assert.ok(beganMs > 0 && samples.every((sample) => sample.timeMs > beganMs - 1000));

    for (const sample of only(samples, 'GET /api/threads/:threadId/discussion')) {
      assert.deepEqual([sample.status, sample.failed, sample.degraded], [200, false, true]);
    }
    for (const sample of only(samples, 'GET /api/posts'))
      assert.deepEqual([sample.status, sample.failed], [503, true]);
    for (const sample of only(samples, 'GET /api/threads/:threadId')) {
      assert.deepEqual([sample.status, sample.failed], [200, true], 'the shape is wrong');
    }
    for (const sample of only(samples, 'PATCH /api/users/:userId')) {
      assert.deepEqual([sample.status, sample.failed], [0, true]);
      assert.ok(sample.durationMs >= REQUEST_TIMEOUT_MS - 1, `${sample.durationMs}`);
    }
    const bad = ['GET /api/posts', 'GET /api/threads/:threadId', 'PATCH /api/users/:userId'];
    const good = samples.filter((sample) => !bad.includes(sample.route));
    assert.deepEqual(
      good.filter((sample) => sample.failed),
      [],
    );
    assert.deepEqual(
      good.filter((sample) => sample.degraded && !sample.route.endsWith('/discussion')),
      [],
    );
  });

  test(`${generator.engine.name} stops when it is told to, and leaves no raw file`, async () => {
    const controller = new AbortController();
    const run = generator.run({
      baseUrl: stub.baseUrl,
      rate: RATE,
      seconds: 600,
      samplesFile: join(folder, 'stopped.csv.gz'),
      signal: controller.signal,
      onStart: () => controller.abort(new Error('enough')),
    });
    await assert.rejects(run, /enough/);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => name.startsWith('stopped')),
      [],
    );
  });

  test(`${generator.engine.name} says so when nothing answers`, async () => {
    const samplesFile = join(folder, 'nothing.csv.gz');
    // Port 1 needs privileges to listen on, and nobody does.
    const run = generator.run({ baseUrl: 'http://127.0.0.1:1', rate: RATE, seconds: 1, samplesFile });
    await assert.rejects(run, /fetch failed|answered nothing/);
  });
}
