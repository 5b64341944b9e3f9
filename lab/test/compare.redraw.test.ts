import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { recount } from '../src/compare/redraw.ts';
import { writeSamples } from '../src/generator/samples.ts';
import { writeReport } from '../src/report/write.ts';
import { routes, syntheticReport } from './synthetic.ts';

test('a report counted again from its raw samples is the same to the digit', async (t) => {
  const out = await mkdtemp(join(tmpdir(), 'redraw-'));
  t.after(() => rm(out, { recursive: true }));
  await mkdir(join(out, 'samples'));
  const report = await syntheticReport({ rate: 200, routes }, (run, samples) =>
    writeSamples(join(out, run.samples), Readable.from(samples)),
  );
  await writeReport(out, report);
  assert.deepEqual(await recount(out), report);
});
