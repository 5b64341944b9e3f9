import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { commandFor } from './command.ts';
import { contractAt } from './contract-at.ts';
import { startLoad } from './load.ts';
import { parseStatus, splitOf } from './split.ts';
import { sweep } from './sweep.ts';

const site = `way-${randomBytes(2).toString('hex')}`;
const { start, run, end } = commandFor(site);
const paths = ['/api/users', '/api/threads', '/api/posts'] as const;
// on a machine that does other things too, fewer requests
const RATE = Number(process.env.WAY_LOAD ?? 50);
const IMAGE = process.env.WAY_IMAGE ?? 'local';
const SPLIT_RATE = Number(process.env.WAY_RATE ?? 100);
const SPLIT_REQUESTS = Number(process.env.WAY_REQUESTS ?? 2_000);
// as sure with fewer requests as 5 points are with 2,000
const POINTS = 5 * Math.sqrt(Math.max(1, 2_000 / SPLIT_REQUESTS));
// of a hundred requests; none where nothing else runs
const MAY_FAIL = Number(process.env.WAY_FAILING ?? 0);

const objectives = ['--slowest', '5000', '--failing', String(Math.max(1, MAY_FAIL))];

describe('the whole way onto ECS and back', () => {
  let connect: ChildProcess;
  before(() => {
    connect = start('connect');
  });
  after(async () => {
    connect.kill('SIGTERM');
    await end(start('down', '--yes', '--no-snapshots'));
    await sweep(site);
  });

  it('brings the monolith up', async () => {
    const url = await run('up', '--topology', 'monolith', '--image', IMAGE);
    await contractAt('monolith', url);
  });

  it('brings the services up beside it, and moves every path to them and back, without a failed request', async () => {
    const { url } = parseStatus(await run('status', '--json'));
    let done = false;
    const rounds: { requests: number; failed: Map<string, number> }[] = [];
    const loading = (async () => {
      while (!done) rounds.push(await (await startLoad(url, RATE, 60)).stop());
    })();
    const loaded = loading.then(
      () => undefined,
      (error: unknown) => error, // told at the end: until then the verbs have to go on to theirs
    );
    try {
      await run('up', '--topology', 'microservices', '--image', IMAGE);
      await contractAt('monolith', url);
      for (const path of paths) {
        for (const weight of [10, 50, 100, 0, 100]) {
          await run('shift', path, String(weight), '--watch', '5', ...objectives);
          const split = await splitOf(
            parseStatus(await run('status', '--json')),
            path,
            SPLIT_RATE,
            SPLIT_REQUESTS / SPLIT_RATE,
          );
          const service = path.slice('/api/'.length);
          const got = split.share[service] ?? 0;
          process.stdout.write(`${path} at ${weight} %: ${JSON.stringify(split)}\n`);
          assert.ok(
            split.failed <= (MAY_FAIL / 100) * split.requests,
            `${split.failed} of ${split.requests} failed`,
          );
          assert.ok(
            Math.abs(got - weight) <= POINTS,
            `${path} at ${weight} %: ${got} % of ${split.requests}`,
          );
          if (weight === 100)
            for (const share of split.spread[service] ?? [])
              assert.ok(share > 25, `a replica had ${share} %`);
          await contractAt('microservices', url);
        }
      }
      await run('retire', 'monolith', '--yes');
    } finally {
      done = true;
      await loaded;
    }
    await loading;
    await contractAt('microservices', url);
    const requests = rounds.reduce((sum, round) => sum + round.requests, 0);
    const failed = rounds.flatMap((round) => [...round.failed]);
    process.stdout.write(`${requests} requests of the load, failed: ${JSON.stringify(failed)}\n`);
    assert.ok(requests > 100);
    const total = failed.reduce((sum, [, count]) => sum + count, 0);
    assert.ok(total <= (MAY_FAIL / 100) * requests, `${total} of ${requests} failed`);
  });

  it('goes down and leaves nothing', async () => {
    assert.equal(await run('down', '--yes', '--no-snapshots'), 'Nothing is left.');
  });
});
