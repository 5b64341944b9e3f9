import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { LOAD_FOLDER } from '../src/generator/k6.ts';
import { readK6Csv } from '../src/generator/k6-csv.ts';
import { mergeSamples } from '../src/generator/merge.ts';
import { writeSamples } from '../src/generator/samples.ts';
import { startStub } from './generator.stub.ts';

const run = promisify(execFile);
const hasK6 = await run('k6', ['version']).then(
  () => true,
  () => false,
);
const RATE = 50;
const SECONDS = 2;

describe('a load that is shared among several k6', { skip: hasK6 ? false : 'no k6 on the PATH' }, () => {
  let folder = '';
  let stub: Awaited<ReturnType<typeof startStub>>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cleave-segment-'));
    stub = await startStub();
  });
  after(async () => {
    await stub.stop();
    await rm(folder, { recursive: true });
  });

  /** Runs one share. @returns the file of its samples */
  const share = async (segment: number, segments: number): Promise<string> => {
    const name = join(folder, `${segment}-of-${segments}`);
    const constants = { SEGMENT: segment, SEGMENTS: segments, START_FILE: join(folder, 'start') };
    const load = { BASE_URL: stub.baseUrl, RATE, DURATION: `${SECONDS}s`, TIMEOUT: '2000ms' };
    const given = Object.entries({ ...constants, ...load }).flatMap(([key, value]) => [
      '-e',
      `${key}=${value}`,
    ]);
    const out = ['--out', `csv=${name}.csv.gz`];
    await run('k6', ['run', '--quiet', ...out, ...given, join(LOAD_FOLDER, 'segment.ts')], {
      env: { PATH: process.env.PATH, K6_CSV_TIME_FORMAT: 'unix_micro' },
    });
    await writeFile(`${name}.csv`, gunzipSync(await readFile(`${name}.csv.gz`)));
    await writeSamples(`${name}.samples.gz`, readK6Csv(`${name}.csv`, 2_000, { droppedIterations: 0 }));
    return `${name}.samples.gz`;
  };
  const startIn = (seconds: number): Promise<void> =>
    writeFile(join(folder, 'start'), String(Math.ceil(Date.now() / 1_000) + seconds));
  /** What was read by an id since the last call: an id is chosen by the turn, so the list tells which turns were sent. */
  const readsById = (): string[] => stub.asked.splice(0).filter((request) => /^GET .*\/\d+/.test(request));
  /** How many entries of `list` are not in `other`, counted as often as they occur. */
  const missing = (list: string[], other: string[]): number => {
    const left = [...other];
    return list.filter((entry) => {
      const at = left.indexOf(entry);
      if (at >= 0) left.splice(at, 1);
      return at < 0;
    }).length;
  };

  it('sends what one k6 would, each request once', async () => {
    await startIn(0);
    const whole = await Array.fromAsync(mergeSamples([await share(0, 1)]));
    const readByOne = readsById();
    await startIn(3);
    const files = await Promise.all([share(0, 3), share(1, 3), share(2, 3)]);
    const readByThree = readsById();
    const merged = await Array.fromAsync(mergeSamples(files));
    // k6 sends the turn that falls on the end of its time, or does not
    assert.ok(Math.abs(whole.length - RATE * SECONDS) <= 1, `one k6 sent ${whole.length} requests`);
    assert.ok(Math.abs(merged.length - RATE * SECONDS) <= files.length, `three sent ${merged.length}`);
    assert.ok(missing(readByOne, readByThree) <= files.length, 'one k6 reads what three do not');
    assert.ok(missing(readByThree, readByOne) <= files.length, 'three k6 read what one does not');
    const shares = await Promise.all(
      files.map(async (file) => (await Array.fromAsync(mergeSamples([file]))).length),
    );
    assert.ok(Math.max(...shares) - Math.min(...shares) <= 2, `shares of ${shares.join(', ')}`);
  });
});
