// Three nodes: replicas spread, a node drained under load, one lost, the cluster balanced again.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Nodes } from '../../lab/src/accept/platform.ts';
import type { Deployment } from '../../lab/src/environments/environment.ts';
import { createSwarmEnvironment } from '../../lab/src/environments/swarm/swarm-environment.ts';
import { createNodes } from '../../lab/src/environments/swarm/swarm-nodes.ts';
import { during, servedBy } from '../compose/requests.ts';

const environment = createSwarmEnvironment();
let services: Deployment;
let nodes: Nodes;

before(async () => {
  await environment.open();
  const { tool } = environment.swarm();
  assert.ok(tool, 'this needs more machines: see SWARM_NODE_TOOL in docs/swarm.md');
  await environment.up(['microservices']);
  services = environment.deployment('microservices');
  nodes = createNodes(environment, tool);
  for (const service of ['users', 'threads', 'posts'] as const) await services.scale(service, 3);
});
after(() => environment.down());

const usedBy = async (service: 'users' | 'threads' | 'posts'): Promise<Set<string>> =>
  new Set((await nodes.placement('microservices', service)).map(({ node }) => node));
const all = async (): Promise<Set<string>> => new Set(await nodes.names());
const other = async (): Promise<string> => {
  const [, name = ''] = await nodes.names();
  return name;
};

describe('three nodes', () => {
  it('have the replicas of each service spread over them', async () => {
    for (const service of ['users', 'threads', 'posts'] as const) {
      assert.deepEqual(await usedBy(service), await all(), service);
    }
  });

  it('answer by each of their gateways', async () => {
    for (const node of await nodes.names()) {
      const url = await nodes.entranceBeside('microservices', node);
      assert.equal((await servedBy(`${url}/api/posts`, 12)).size, 3, `beside ${node}`);
    }
  });
});

describe('a node', () => {
  it('is drained without a failed request, and used again after a rebalance', async () => {
    const node = await other();
    try {
      const counts = await during(services.baseUrl, () => nodes.drain(node));
      assert.ok(!(await usedBy('posts')).has(node));
      assert.deepEqual([...counts.keys()].sort(), [200, 201]);
    } finally {
      await nodes.undrain(node);
    }
    const counts = await during(services.baseUrl, () => nodes.rebalance('microservices'));
    assert.deepEqual(await usedBy('posts'), await all());
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
  });

  for (const [how, lose, regain] of [
    ['loses power', 'stop', 'start'],
    ['is cut off', 'cut', 'heal'],
  ] as const) {
    it(`${how}: the others serve everything, and it is used again when it is back`, async () => {
      const node = await other();
      try {
        await nodes[lose](node);
        await nodes.noticed(node);
        for (const service of ['users', 'threads', 'posts'] as const) await services.restore(service);
        assert.ok(!(await usedBy('posts')).has(node));
        const names = await servedBy(`${services.baseUrl}/api/posts`, 60);
        assert.equal(names.size, 3);
      } finally {
        await nodes[regain](node);
      }
      await nodes.rebalance('microservices');
      assert.deepEqual(await usedBy('posts'), await all());
    });
  }
});
