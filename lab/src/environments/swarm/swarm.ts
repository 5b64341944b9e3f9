import { networkInterfaces } from 'node:os';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import { dockerAt, read } from '../compose/command.ts';
import { type Engine, openEngine } from '../compose/engine.ts';
import { readSwarmConfig } from './config.ts';
import { loadImages } from './images.ts';
import { findNodeTool, type NodeTool } from './node-tool.ts';
import { firstOf, listNodes, type Node } from './nodes.ts';

/** What databases are bound to by the stacks. */
const DATABASES_LABEL = 'cleave.databases=true';
const BRIDGE = 'docker_gwbridge';

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
const networks = z.array(z.object({ Name: z.string() }));
const hasBridge = async (engine: Engine): Promise<boolean> =>
  networks.parse(await engine.get('/networks')).some(({ Name }) => Name === BRIDGE);

/** What was not there before. */
interface Made {
  swarm: boolean;
  bridge: boolean;
  nodes: readonly string[];
}

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
      ? { swarm: false, bridge: false, nodes: [] }
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

function describe(
  manager: Engine,
  tool: NodeTool | undefined,
  hosts: ReadonlyMap<string, string>,
): Swarm {
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

async function makeSwarm(
  manager: Engine,
  tool: NodeTool | undefined,
  names: readonly string[],
): Promise<Made> {
  const bridge = !(await hasBridge(manager));
  const nodes = tool ? await tool.up(names) : [];
  const made: Made = { swarm: true, bridge, nodes };
  const [other] = names;
  const address = tool && other ? ownAddressNear(await tool.addressOf(other)) : '127.0.0.1';
  await read('docker', ['swarm', 'init', '--advertise-addr', address]);
  try {
    const token = await read('docker', ['swarm', 'join-token', '--quiet', 'worker']);
    for (const name of names) {
      const host = await tool?.hostOf(name);
      await read('docker', [...dockerAt(host), 'swarm', 'join', '--token', token, `${address}:2377`]);
    }
  } catch (error) {
    await unmakeSwarm(tool, made);
    throw error;
  }
  return made;
}

async function unmakeSwarm(tool: NodeTool | undefined, { swarm, bridge, nodes }: Made): Promise<void> {
  if (swarm) await read('docker', ['swarm', 'leave', '--force']);
  await tool?.down(nodes); // they are gone for good: nothing of the swarm has to be told
  if (bridge) await read('docker', ['network', 'rm', BRIDGE]);
}

async function findRemains(manager: Engine, tool: NodeTool | undefined, made: Made): Promise<string[]> {
  const { LocalNodeState } = info.parse(await manager.get('/info')).Swarm;
  const nodes = (await tool?.list()) ?? [];
  return [
    ...(made.swarm && LocalNodeState !== 'inactive' ? [`a swarm, ${LocalNodeState}`] : []),
    ...(made.bridge && (await hasBridge(manager)) ? [`network ${BRIDGE}`] : []),
    ...made.nodes.filter((name) => nodes.includes(name)).map((name) => `node ${name}`),
  ];
}

/** Our own address in the network that another machine is in. */
function ownAddressNear(other: string): string {
  const network = other.split('.').slice(0, 3).join('.');
  const own = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ address }) => address.startsWith(`${network}.`));
  if (own === undefined) throw new Error(`this machine has no address in the network of ${other}`);
  return own.address;
}
