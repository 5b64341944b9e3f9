import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CheckContext, Form } from '../src/accept/check.ts';
import { nodes as check } from '../src/accept/checks/7-nodes.ts';
import { countSamples, type LoadOrder } from '../src/accept/load.ts';
import type { Nodes, Placed } from '../src/accept/platform.ts';
import { type Sample, writeSamples } from '../src/generator/samples.ts';
import { sample } from './support/sample.ts';

const names = ['first', 'second', 'third'];
const even: Placed[] = names.map((node) => ({ instance: `on-${node}`, node }));

/** Nodes that note what is done to them; `placement` says where every service is. */
const notingNodes = (did: string[], baseUrl: string, placement: () => Placed[]): Nodes => {
  const note = (verb: string) => async (node: string) => void did.push(`${verb} ${node}`);
  return {
    names: async () => names,
    placement: async () => placement(),
    entranceBeside: async () => baseUrl,
    drain: note('drain'),
    undrain: note('undrain'),
    stop: note('stop'),
    start: note('start'),
    cut: note('cut'),
    heal: note('heal'),
    noticed: note('noticed'),
    rebalance: async (topology) => {
      did.push(`rebalance ${topology}`);
      return `restart ${topology}`;
    },
  };
};

/** A context in which loads come to these samples, and every component has one replica until it is scaled. */
async function contextOf(t: TestContext, form: Form, samples: readonly Sample[]) {
  const folder = await mkdtemp(join(tmpdir(), 'accept-test-'));
  const server = createServer((_req, res) => res.end('[]')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
    return rm(folder, { recursive: true });
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const did: string[] = [];
  const replicas = new Map<string, number>();
  const deployment = (topology: string) => ({
    topology,
    parts: async () =>
      ['users', 'threads', 'posts', 'monolith'].map((name) => ({
        name,
        replicas: Array.from({ length: replicas.get(`${topology} ${name}`) ?? 1 }, () => ({})),
      })),
    scale: async (service: string, count: number) => {
      replicas.set(`${topology} ${service}`, count);
      did.push(`scale ${topology} ${service} ${count}`);
    },
  });
  const nodes = notingNodes(did, `http://127.0.0.1:${port}`, () => even);
  const load = ({ what }: LoadOrder, meanwhile: (load: object) => Promise<unknown>) =>
    meanwhile({}).then(async (value) => {
      await writeSamples(join(folder, `${what}.csv.gz`), asStream(samples));
      return { what, ...(await countSamples(samples)), lowestSecond: 1, value };
    });
  const parts = { form, folder, signal: new AbortController().signal, say: () => {}, load };
  const platform = { name: 'swarm', nodes, environment: { deployment } };
  // only what this check asks for is there
  const context: CheckContext = Object.assign(Object.create(null), { ...parts, platform });
  return { context, did };
}

async function* asStream(samples: readonly Sample[]): AsyncGenerator<Sample> {
  yield* samples;
}

test('a node is drained, one loses its power and one its network, and each time all is balanced again', async (t) => {
  const { context, did } = await contextOf(t, 'full', [sample(0), sample(20_000)]);
  const { ok, saw, requests, failed } = await check.run(context);
  const balanced = ['rebalance microservices', 'rebalance monolith-replicated'];
  const onNodes = did.filter((what) => !what.startsWith('scale'));
  assert.deepEqual(onNodes, [
    ...['drain third', 'undrain third', ...balanced],
    ...['stop second', 'noticed second', 'start second', ...balanced],
    ...['cut third', 'noticed third', 'heal third', ...balanced],
  ]);
  assert.deepEqual([ok, requests, failed], [true, 12, 0], saw.join('\n'));
  const scaled = did.filter((what) => what.startsWith('scale'));
  assert.equal(scaled.filter((what) => what.endsWith(' 3')).length, 4);
  assert.equal(scaled.filter((what) => what.endsWith(' 1')).length, 4, 'it is as before afterwards');
});

test('a read that fails in the loss of a node fails the check', async (t) => {
  const samples = [sample(0), sample(5_000, { failed: true, status: 503 }), sample(20_000)];
  const { context } = await contextOf(t, 'short', samples);
  const { ok, saw, failed } = await check.run(context);
  assert.deepEqual([ok, (failed ?? 0) > 0], [false, true]);
  assert.match(saw.join('\n'), /microservices: 1 of 3 requests failed \(1 of them reads\) within 0\.00 s/);
});
