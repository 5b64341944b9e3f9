// The machines of the swarm, as the acceptance suite handles them.
import { z } from 'zod';
import type { Nodes, Placed } from '../../accept/platform.ts';
import { read } from '../compose/command.ts';
import type { ServiceName, Topology } from '../environment.ts';
import { layouts } from '../layout.ts';
import type { NodeTool } from './node-tool.ts';
import { firstOf, type Node } from './nodes.ts';
import { isRunning, listReplicas } from './replicas.ts';
import { readSpec } from './spec.ts';
import type { SwarmEnvironment } from './swarm-environment.ts';
import { listTasksOn } from './tasks.ts';
import { READY_WITHIN_MS, stackSettled, within } from './waiting.ts';

/** A manager takes a node for lost when it heard nothing of it for three heartbeats of 5 s. */
const NOTICED_WITHIN_MS = 60_000;

/** @param tool gives the machines their power and their network */
export function createNodes(environment: SwarmEnvironment, tool: NodeTool): Nodes {
  const { manager, nodes } = environment.swarm();
  const find = async (name: string): Promise<Node> => {
    const node = (await nodes()).find((each) => each.name === name);
    if (node === undefined) throw new Error(`the swarm has no node ${name}`);
    return node;
  };
  const seen = async (name: string, what: string, is: (node: Node) => boolean): Promise<void> => {
    if (await within(NOTICED_WITHIN_MS, async () => is(await find(name)))) return;
    throw new Error(`${name} was not seen to be ${what} within ${NOTICED_WITHIN_MS / 1_000} s`);
  };
  const allSettled = async (): Promise<void> => {
    await Promise.all(environment.stackNames().map((stack) => stackSettled(environment.swarm(), stack)));
  };
  const isBack = async (name: string): Promise<void> => {
    await seen(name, 'there', ({ isReady }) => isReady);
    await allSettled(); // its gateways are, too
  };
  const setAvailability = (name: string, availability: 'active' | 'drain') =>
    read('docker', ['node', 'update', '--availability', availability, name]);

  return {
    names: async () => (await nodes()).map(({ name }) => name),
    placement: (topology, service) => placementOf(environment, topology, service),
    async entranceBeside(topology, node) {
      const { port } = environment.stack(topology);
      const all = await nodes();
      const first = firstOf(all);
      if (node !== first.name) return `http://127.0.0.1:${port}`;
      const other = layouts[topology].entrance === 'gateway' ? all[1] : undefined;
      if (other === undefined) throw new Error(`${topology} is entered by ${node} only`);
      return `http://${other.address}:${port}`;
    },
    async drain(name) {
      const { id } = await find(name);
      await setAvailability(name, 'drain');
      const isEmpty = async (): Promise<boolean> => (await listTasksOn(manager, id)).length === 0;
      if (!(await within(READY_WITHIN_MS, isEmpty))) throw new Error(`${name} was not drained`);
      await allSettled();
    },
    async undrain(name) {
      await setAvailability(name, 'active');
      await allSettled();
    },
    stop: (name) => tool.kill(name),
    async start(name) {
      await tool.up([name]);
      await isBack(name);
    },
    cut: (name) => tool.cut(name),
    async heal(name) {
      await tool.heal(name);
      await isBack(name);
    },
    noticed: (name) => seen(name, 'gone', ({ isReady }) => !isReady),
    async rebalance(topology) {
      const { name } = environment.stack(topology);
      const moved = layouts[topology].services.filter(({ store }) => store);
      await Promise.all(moved.map((service) => spreadAnew(environment, `${name}_${service.name}`)));
      await stackSettled(environment.swarm(), name);
      return moved
        .map((service) => `docker service update ${spreading.join(' ')} ${name}_${service.name}`)
        .join('; ');
    },
  };
}

// A second is enough to look at a replica that is only put elsewhere.
const spreading = ['--force', '--update-order', 'stop-first', '--update-monitor', '1s'];
const updateConfig = z.object({ UpdateConfig: z.object({ Order: z.string(), Monitor: z.int() }) });

/**
 * Replaces replica by replica, each gone before the next comes: so it goes to the node that has fewest. What begins
 * before the one that it replaces has ended is spread over old and new ones together, and may end up anywhere.
 */
async function spreadAnew(environment: SwarmEnvironment, service: string): Promise<void> {
  const update = (...options: string[]) =>
    read('docker', ['service', 'update', '--detach=false', '--quiet', ...options, service]);
  const { UpdateConfig } = updateConfig.parse(await readSpec(environment.swarm().manager, service));
  await update(...spreading);
  await update('--update-order', UpdateConfig.Order, '--update-monitor', `${UpdateConfig.Monitor}ns`);
}

async function placementOf(
  environment: SwarmEnvironment,
  topology: Topology,
  service: ServiceName,
): Promise<Placed[]> {
  const { name } = environment.stack(topology);
  const replicas = (await listReplicas(environment.swarm(), `${name}_${service}`)).filter(isRunning);
  return replicas.map(({ node, container }) => ({ instance: container.hostname, node: node.name }));
}
