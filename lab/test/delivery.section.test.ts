import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import type { Topology } from '../src/environments/environment.ts';
import { dependentsOf, type Workspace } from '../src/experiments/delivery/code/workspaces.ts';
import { type Counted, type CountedRoll, countSamples } from '../src/experiments/delivery/counts.ts';
import { digest } from '../src/experiments/delivery/digest.ts';
import { findings } from '../src/experiments/delivery/findings.ts';
import { firstAnswerBy } from '../src/experiments/delivery/first-answer.ts';
import type { CodeRecord, RollRecord } from '../src/experiments/delivery/record.ts';
import { drawSection } from '../src/experiments/delivery/section.ts';
import type { Sample } from '../src/generator/samples.ts';

function roll(
  topology: Topology,
  trial: number,
  answerMs: number,
  more: Partial<RollRecord> = {},
): RollRecord {
  const split = topology.startsWith('microservices');
  const component = split ? 'posts' : 'monolith';
  const built = { seconds: 2, layers: 8, newBytes: 120_000, newCompressedBytes: 25_000 };
  return {
    kind: 'roll',
    topology,
    environment: 'compose',
    trial,
    images: [
      { ...built, component, newLayers: 1 },
      ...(split ? [{ ...built, component: 'users', newLayers: 0, newBytes: 0, newCompressedBytes: 0 }] : []),
    ],
    services: [component],
    rate: 50,
    orderedAtMs: 10_000,
    answeredAtMs: 10_000 + answerMs,
    rolledAtMs: 14_000,
    restarted: [{ part: component, processes: topology === 'monolith-replicated' ? 3 : 1 }],
    modules: split ? ['posts'] : ['users', 'threads', 'posts'],
    processes: topology === 'monolith' ? 1 : 4,
    samples: `${topology}-${trial}.csv.gz`,
    ...more,
  };
}

const counted = (of: RollRecord, failed: number): CountedRoll => {
  const some: Counted = { requests: 100, failed, degraded: 1 };
  return { roll: of, byGroup: { users: some, threads: some, posts: some }, failedBefore: 0 };
};

const code: CodeRecord = {
  kind: 'code',
  reaches: [
    { changed: 'services/posts', packages: ['monolith'], components: ['monolith', 'posts'], tests: 4 },
    { changed: 'kit', packages: [], components: ['monolith', 'users', 'threads', 'posts'], tests: 9 },
  ],
  programs: [
    { component: 'monolith', files: 46, lines: 1_951, modules: ['users', 'threads', 'posts'] },
    { component: 'posts', files: 35, lines: 1_555, modules: ['posts'] },
  ],
  tests: { all: 74, spanning: 12 },
};

const threeTrials = (topology: Topology, answerMs: number, failed: number): CountedRoll[] =>
  [1, 2, 3].map((trial) => counted(roll(topology, trial, answerMs + trial * 10), failed));

const study = digest(
  [
    ...threeTrials('monolith', 1_000, 5),
    ...threeTrials('microservices', 5_000, 0),
    ...threeTrials('monolith-replicated', 3_000, 0),
  ],
  code,
);
const all = findings(study)
  .map(({ text, control }) => `${text} ${control ?? ''}`)
  .join('\n');

describe('findings of delivery', () => {
  it('count the failed requests of all trials, and say when copies behind a gateway are enough', () => {
    assert.match(all, /45 of 900 requests failed in the monolith, 0 of 900 in microservices/);
    assert.match(all, /monolith-replicated: 0 of 900: a gateway before copies is enough for that/);
  });

  it('tell what is restarted', () => {
    assert.match(
      all,
      /in the monolith, 1 of 1 processes, with the code of users, threads and posts; in micro/,
    );
    assert.match(all, /monolith-replicated: 3 of 4 processes/);
  });

  it('add building to rolling out, with the spread of the trials', () => {
    assert.match(
      all,
      /one after the other: 3\.0 s \(3\.0–3\.0, 3 trials\) in the monolith, 9\.0 s \(9\.0–9\.0, 3 trials\)/,
    );
  });

  it('find no difference in one trial each', () => {
    const few = [counted(roll('monolith', 1, 1_000), 0), counted(roll('microservices', 1, 9_000), 0)];
    assert.match(
      findings(digest(few, undefined))
        .map(({ text }) => text)
        .join('\n'),
      /too few trials/,
    );
  });

  it('tell which shared packages still reach every service', () => {
    assert.match(all, /reaches 1 of the 3 services; one in what they share \(kit\) still reaches all 3/);
  });
});

describe('the section of delivery', () => {
  it('shows images, failures and couplings of each topology', () => {
    const text = drawSection(study).html.text;
    assert.match(text, /posts: 1 of 8 layers, 120\.0 KB, 25\.0 KB compressed/);
    assert.match(text, /<b>45 of 900<\/b>/);
    assert.match(text, /<th scope="row">kit<\/th>/);
  });

  it('says that only a restart was measured where there are no images', () => {
    const local = roll('monolith', 1, 1_000, { images: null, environment: 'local' });
    const { text } = drawSection(digest([counted(local, 0)], undefined)).html;
    assert.match(text, /no images in this environment/);
    assert.match(text, /measures\s+the restart only/);
  });
});

describe('requests while a version rolls', () => {
  const sample = (timeMs: number, durationMs: number, more: Partial<Sample> = {}): Sample => {
    return {
      timeMs,
      durationMs,
      route: 'GET /api/posts',
      status: 200,
      failed: false,
      degraded: false,
      ...more,
    };
  };

  it('are those under way from the order until shortly after the last old replica is gone', async () => {
    const samples = [
      sample(9_000, 900), // ended before the order
      sample(9_000, 1_001, { failed: true }), // under way when it came
      sample(12_000, 5, { degraded: true }),
      sample(16_900, 5, { route: 'GET /api/users/:userId' }),
      sample(17_100, 5, { failed: true }), // later
      sample(8_000, 5, { failed: true }), // fails without a rollout
    ];
    const { byGroup, failedBefore } = await countSamples(roll('microservices', 1, 1_000), samples);
    assert.deepEqual(byGroup.posts, { requests: 2, failed: 1, degraded: 1 });
    assert.deepEqual(byGroup.users, { requests: 1, failed: 0, degraded: 0 });
    assert.equal(failedBefore, 1);
  });
});

describe('the first answer by a new version', () => {
  it('is the first that the new instance gives, whatever happened before', async (t) => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked += 1;
      if (asked === 1) response.destroy();
      else
        response.writeHead(asked === 2 ? 503 : 200, { 'x-served-by': asked < 4 ? 'old' : 'new' }).end('[]');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await firstAnswerBy('new', `http://127.0.0.1:${port}`, t.signal);
    assert.equal(asked, 4);
  });
});

describe('the workspaces that depend on one', () => {
  it('are found through others, and without going in circles', () => {
    const workspace = (folder: string, ...needs: string[]): Workspace => ({ folder, name: folder, needs });
    const all = [
      workspace('kit', 'top'),
      workspace('module', 'kit'),
      workspace('top', 'module'),
      workspace('data'),
    ];
    assert.deepEqual(dependentsOf('kit', all), ['module', 'top']);
    assert.deepEqual(dependentsOf('data', all), []);
  });
});
