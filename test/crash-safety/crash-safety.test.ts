import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  type MainTopology,
  mainTopologies,
  type ServiceName,
} from '../../lab/src/environments/environment.ts';
import { startEnvironment } from '../support/environment.ts';
import { createHttpClient } from '../support/http.ts';
import { settleAll } from '../support/settle-all.ts';
import { killAtRandom } from './killer.ts';
import { readMarkers } from './rows.ts';
import { startWriters, type Written } from './writers.ts';

const seconds = Number(process.env.CRASH_SECONDS ?? 20);
const writes = Number(process.env.CRASH_WRITES ?? 2_000);
const concurrency = 32;
const victims: Record<MainTopology, ServiceName[]> = {
  monolith: ['monolith'],
  microservices: ['gateway', 'users', 'threads', 'posts'],
};

const environment = await startEnvironment();
after(() => environment.down());

describe(`writes while components are killed for ${seconds} s`, () => {
  const results = new Map<MainTopology, { written: Written; kills: Map<ServiceName, number> }>();

  before(
    async () => {
      const end = Date.now() + seconds * 1_000;
      const run = async (topology: MainTopology): Promise<void> => {
        const writers = startWriters(
          environment.deployment(topology).baseUrl,
          concurrency,
          (acknowledged) => {
            return Date.now() >= end && acknowledged >= writes;
          },
        );
        const kill = async (victim: ServiceName): Promise<[ServiceName, number]> => [
          victim,
          await killAtRandom(environment.deployment(topology), victim, writers.acknowledged, writers.areDone),
        ];
        const kills = victims[topology].map(kill);
        await settleAll([writers.written, ...kills]);
        results.set(topology, { written: await writers.written, kills: new Map(await Promise.all(kills)) });
      };
      await settleAll(mainTopologies.map(run));
    },
    { timeout: 300_000 },
  );

  for (const topology of mainTopologies) {
    it(`are there exactly once each, when acknowledged, in the ${topology}`, async (t) => {
      const { written, kills } = results.get(topology) ?? assert.fail('it was not run');
      const { acknowledged, failedAttempts } = written;
      t.diagnostic(`${acknowledged.length} acknowledged, ${failedAttempts} attempts failed`);
      t.diagnostic(`killed: ${[...kills].map(([service, count]) => `${service} ${count}`).join(', ')}`);
      assert.ok(acknowledged.length >= writes);
      assert.ok(failedAttempts > 0, 'no kill was felt');
      for (const count of kills.values()) assert.ok(count > 0);

      const markers = await readMarkers(environment.deployment(topology).baseUrl);
      const wrong = acknowledged.filter(({ marker, answer }) => {
        const found = markers.get(marker);
        return found?.count !== 1 || found.json !== answer.body.toString();
      });
      assert.deepEqual(
        wrong.map(({ marker }) => markers.get(marker) ?? `${marker} is lost`),
        [],
      );
      const repeated = [...markers].filter(([, { count }]) => count > 1);
      assert.deepEqual(repeated, [], 'a write that was repeated is there more than once');
    });

    it(`get their first answer when they are repeated afterwards, in the ${topology}`, async (t) => {
      const { acknowledged } = results.get(topology)?.written ?? assert.fail('it was not run');
      const http = createHttpClient(environment.deployment(topology).baseUrl);
      t.after(() => http.close());
      for (const { ask, answer } of acknowledged.slice(-200)) {
        const again = await http.send(ask);
        assert.deepEqual([again.status, again.body.toString()], [201, answer.body.toString()]);
      }
    });
  }
});
