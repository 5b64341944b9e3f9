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
const SECONDS = 4; // whoever is never answered is told of after two

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

const surge = { route: 'GET /api/users/:userId', factor: 6, fromSeconds: 1, seconds: 1 };

test('the preview refuses a surge in a sentence', async () => {
  const samplesFile = join(folder, 'surge.csv.gz');
  const run = previewGenerator.run({ baseUrl: stub.baseUrl, rate: RATE, seconds: 3, samplesFile, surge });
  await assert.rejects(run, /A surge needs k6/);
});

for (const generator of [...generators].filter(({ preview }) => !preview)) {
  test(`${generator.engine.name} sends a surge of one route on top of the mix`, async () => {
    const samplesFile = join(folder, 'surge.csv.gz');
    const result = await generator.run({ baseUrl: stub.baseUrl, rate: RATE, seconds: 3, samplesFile, surge });
    const samples = await Array.fromAsync(readSamples(samplesFile));
    // 12 of 100 are its usual share, and five times that comes on top
    const planned = { all: 3 * RATE + 60, route: 3 * 12 + 60 };
    const surged = only(samples, surge.route);
    assert.ok(Math.abs(samples.length - planned.all) <= 5, `${samples.length} of ${planned.all}`);
    assert.ok(Math.abs(surged.length - planned.route) <= 5, `${surged.length} of ${planned.route}`);
    const beganMs = Math.min(...samples.map((sample) => sample.timeMs));
    const early = surged.filter((sample) => sample.timeMs - beganMs < 900).length;
    assert.ok(early <= 13, `${early} before the surge`);
    assert.equal(result.droppedIterations, 0);
    assert.ok(result.cores === null || result.cores > 0);
  });
}

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

  test(`${generator.engine.name} sends only the routes that it is told to`, async () => {
    const samplesFile = join(folder, `${generator.engine.name}-only.csv.gz`);
    const names = ['GET /api/users', 'POST /api/posts']; // 10 and 7 of 100
    const { requests } = await generator.run({
      baseUrl: stub.baseUrl,
      rate: 17,
      seconds: SECONDS,
      only: names,
      samplesFile,
    });
    const samples = await Array.fromAsync(readSamples(samplesFile));
    assert.deepEqual(new Set(samples.map((sample) => sample.route)), new Set(names));
    const posts = only(samples, 'POST /api/posts').length;
    assert.ok(Math.abs(posts - (requests * 7) / 17) <= 2, `${posts} of ${requests}`);
  });

  test(`${generator.engine.name} refuses a route that is not in the mix`, async () => {
    const samplesFile = join(folder, 'stranger.csv.gz');
    const strange = { baseUrl: stub.baseUrl, rate: 1, seconds: 1, samplesFile, only: ['GET /api/nothing'] };
    await assert.rejects(generator.run(strange), /no route of the mix/);
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
