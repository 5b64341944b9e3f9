import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import { read } from '../compose/command.ts';
import { type Engine, openEngine } from '../compose/engine.ts';
import { readSwarmConfig } from './config.ts';
import { loadImages } from './images.ts';
import { findRemains, type Made, makeSwarm, unmakeSwarm } from './make-swarm.ts';
import { findNodeTool, type NodeTool } from './node-tool.ts';
import { firstOf, listNodes, type Node } from './nodes.ts';

/** What databases are bound to by the stacks. */
const DATABASES_LABEL = 'cleave.databases=true';

/** The swarm that the docker command's engine manages. */
export interface Swarm {
  readonly manager: Engine;
  /** What gives its other nodes power and network, where there is such a thing. */
  readonly tool: NodeTool | undefined;
  nodes(): Promise<Node[]>;
  /** Copies images of the docker command's engine to the nodes that lack them. */
  load(images: readonly string[]): Promise<void>;
  /** Ends what `openSwarm` began: nothing where there was a swarm before. */
  close(): Promise<void>;
  /** After `close`: what is still there of what it made, each with its kind. */
  remains(): Promise<string[]>;
}

const info = z.object({
  Swarm: z.object({ LocalNodeState: z.string(), ControlAvailable: z.boolean() }),
});
/**
 * Uses the swarm that there is, or makes one of this machine and of those that the node tool gives.
 * @throws CannotStart when the engine is no manager of its swarm
 */
export async function openSwarm(): Promise<Swarm> {
  const manager = await openEngine();
  const config = readSwarmConfig();
  const hosts = new Map(config.nodes.flatMap(({ name, host }) => (host === undefined ? [] : [[name, host]])));
  const { LocalNodeState: state, ControlAvailable } = info.parse(await manager.get('/info')).Swarm;
  if (state === 'active' && !ControlAvailable) {
    throw new CannotStart('This Docker engine is a worker of a swarm: use the one of a manager.');
  }
  const tool = await findNodeTool(config.tool);
  const wanted = config.nodes.flatMap(({ name, host }) => (host === undefined ? [name] : []));
  const made: Made =
    state === 'active'
      ? { swarm: false, bridge: false, nodes: [], joined: [] }
      : await makeSwarm(manager, tool, tool ? wanted : []);
  if (tool) {
    for (const { name } of config.nodes) if (!hosts.has(name)) hosts.set(name, await tool.hostOf(name));
  }
  const swarm = describe(manager, tool, hosts);
  await read('docker', ['node', 'update', '--label-add', DATABASES_LABEL, firstOf(await swarm.nodes()).id]);
  return { ...swarm, close: () => unmakeSwarm(tool, made), remains: () => findRemains(manager, tool, made) };
}

/** The swarm that there is, as it is: for what only asks its manager. @throws CannotStart when there is none */
export async function useSwarm(): Promise<Swarm> {
  const manager = await openEngine();
  const { ControlAvailable } = info.parse(await manager.get('/info')).Swarm;
  if (!ControlAvailable) throw new CannotStart('This Docker engine is no manager of a swarm.');
  return describe(manager, undefined, new Map());
}

function describe(manager: Engine, tool: NodeTool | undefined, hosts: ReadonlyMap<string, string>): Swarm {
  const nodes = (): Promise<Node[]> => listNodes(manager, (name) => hosts.get(name));
  return {
    manager,
    tool,
    nodes,
    load: async (images) => loadImages(manager, (await nodes()).slice(1), images),
    close: async () => undefined,
    remains: async () => [],
  };
}
