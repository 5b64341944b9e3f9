// What the acceptance checks ask of Kubernetes besides the environment, and `npm run rollout`'s part of it.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Platform } from '../../lab/src/accept/platform.ts';
import { makeVersions, type Versions } from '../../lab/src/accept/versions.ts';
import { createKubernetesPlatform } from '../../lab/src/environments/kubernetes/kubernetes-platform.ts';
import { rollBack, rollOut } from '../../lab/src/environments/kubernetes/rollout-command.ts';
import { during, statusOf } from '../compose/requests.ts';

const topology = 'microservices';
const DEADLINE_SECONDS = 90;
let platform: Platform;
let versions: Versions;
let namespace: string;
let baseUrl: string;

before(async () => {
  platform = await createKubernetesPlatform({
    report: () => undefined,
    signal: new AbortController().signal,
  });
  await platform.environment.up([topology, 'monolith']);
  baseUrl = platform.environment.deployment(topology).baseUrl;
  namespace = platform.rolloutOptions(topology)[1] ?? '';
  versions = await makeVersions(
    platform.images,
    [
      ['posts', 'next'],
      ['posts', 'never-ready'],
    ],
    `test-${process.pid}`,
  );
});
after(async () => {
  await platform.environment.down();
  await versions.remove();
});

const images = () => platform.imagesOf(topology, 'posts');

describe('the command of a rollout', () => {
  it('puts a version in place, its migrations first, without a failed request', async () => {
    const image = versions.imageOf('posts', 'next');
    const counts = await during(baseUrl, async () => {
      const order = { component: 'posts', image, deadlineSeconds: DEADLINE_SECONDS } as const;
      assert.equal((await rollOut(namespace, order)).outcome, 'deployed');
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    assert.deepEqual(await images(), [image]);
  });

  it('goes back to the version before', async () => {
    assert.equal((await rollBack(namespace, 'posts')).outcome, 'deployed');
    assert.deepEqual(await images(), ['cleave/posts:local']);
  });

  it('takes back a version that is never ready, and nobody notices', async () => {
    const image = versions.imageOf('posts', 'never-ready');
    const counts = await during(baseUrl, async () => {
      const { outcome } = await rollOut(namespace, { component: 'posts', image, deadlineSeconds: 12 });
      assert.equal(outcome, 'rolled back');
    });
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    assert.deepEqual(await images(), ['cleave/posts:local']);
  });

  it('says so when there is no such component', async () => {
    const order = { component: 'monolith', image: 'cleave/monolith:local', deadlineSeconds: 5 } as const;
    await assert.rejects(rollOut(namespace, order), /"monolith" not found/);
  });
});

describe('the platform', () => {
  it('tells where replicas are, the databases being on the first node', async () => {
    const names = (await platform.nodes?.names()) ?? [];
    const placed = (await platform.nodes?.placement(topology, 'posts')) ?? [];
    for (const { node } of placed) assert.ok(names.includes(node), node);
  });

  it('is reached beside a node that is about to go', async () => {
    const { nodes } = platform;
    if (!nodes) return;
    const placed = await nodes.placement(topology, 'gateway');
    const other = (await nodes.names()).find((name) => !placed.some(({ node }) => node === name));
    assert.ok(other !== undefined);
    const url = await nodes.entranceBeside(topology, other);
    assert.notEqual(url, baseUrl);
    assert.equal(await statusOf(`${url}/api/users`), 200);
  });

  it('runs migrations of an image, and SQL', async () => {
    await platform.migrate(topology, 'posts', 'cleave/posts:local');
    await assert.rejects(platform.migrate(topology, 'posts', 'cleave/gateway:local'), /failed/);
    assert.equal(await platform.sql(topology, 'posts-db', 'posts', 'select 1, 2;'), '1|2');
  });

  it('fails requests when a version is put in place without care, and is whole again when it is put back', async () => {
    const image = versions.imageOf('posts', 'next');
    const counts = await during(baseUrl, () => platform.replaceNaively(topology, 'posts', image));
    assert.ok(
      [...counts.keys()].some((status) => status >= 500 || status === 0),
      JSON.stringify([...counts]),
    );
    await platform.putBack(topology, 'posts');
    assert.deepEqual(await images(), ['cleave/posts:local']);
    assert.equal(await statusOf(`${baseUrl}/api/posts`), 200);
  });

  it('keeps the promises that need no load', async () => {
    const tools = {
      signal: new AbortController().signal,
      say: () => undefined,
      load: () => Promise.reject(new Error('there is no load here')),
    };
    const probes = platform.policies.filter(({ needsLoad }) => !needsLoad);
    assert.ok(probes.length >= 4);
    for (const probe of probes) {
      const { bites, saw } = await probe.run(tools);
      assert.ok(bites, `${probe.name}: ${saw.join('; ')}`);
    }
  });

  it('leaves nothing', async () => {
    await platform.environment.down();
    const left = await platform.leftovers();
    assert.deepEqual(
      left.filter((each) => !each.startsWith('node ')), // others may be working on the nodes
      [],
    );
  });
});
