// A swarm of this machine and of those that the node tool gives, and its end.
import { networkInterfaces } from 'node:os';
import { z } from 'zod';
import { dockerAt, read } from '../compose/command.ts';
import type { Engine } from '../compose/engine.ts';
import type { NodeTool } from './node-tool.ts';

/** Docker makes it on each node of a swarm, and leaves it. */
const BRIDGE = 'docker_gwbridge';

const state = z.object({ Swarm: z.object({ LocalNodeState: z.string() }) });
const networks = z.array(z.object({ Name: z.string() }));
const hasBridge = async (engine: Engine): Promise<boolean> =>
  networks.parse(await engine.get('/networks')).some(({ Name }) => Name === BRIDGE);

/** What was not there before. */
export interface Made {
  swarm: boolean;
  bridge: boolean;
  nodes: readonly string[];
  /** Those that were there and joined. */
  joined: readonly string[];
}

/** @param names of machines that are to join */
export async function makeSwarm(
  manager: Engine,
  tool: NodeTool | undefined,
  names: readonly string[],
): Promise<Made> {
  const bridge = !(await hasBridge(manager));
  const nodes = tool ? await tool.up(names) : [];
  const joined: string[] = [];
  const made: Made = { swarm: true, bridge, nodes, joined };
  const [other] = names;
  const address = tool && other ? ownAddressNear(await tool.addressOf(other)) : '127.0.0.1';
  await read('docker', ['swarm', 'init', '--advertise-addr', address]);
  try {
    const token = await read('docker', ['swarm', 'join-token', '--quiet', 'worker']);
    for (const name of names) {
      const host = await tool?.hostOf(name);
      await read('docker', [...dockerAt(host), 'swarm', 'join', '--token', token, `${address}:2377`]);
      if (!nodes.includes(name)) joined.push(name);
    }
  } catch (error) {
    await unmakeSwarm(tool, made);
    throw error;
  }
  return made;
}

export async function unmakeSwarm(
  tool: NodeTool | undefined,
  { swarm, bridge, nodes, joined }: Made,
): Promise<void> {
  for (const name of joined) {
    await read('docker', [...dockerAt(await tool?.hostOf(name)), 'swarm', 'leave', '--force']);
  }
  if (swarm) await read('docker', ['swarm', 'leave', '--force']);
  await tool?.down(nodes); // they are gone for good: nothing of the swarm has to be told
  if (bridge) await read('docker', ['network', 'rm', BRIDGE]);
}

/** What is still there of what was made, each with its kind. */
export async function findRemains(
  manager: Engine,
  tool: NodeTool | undefined,
  made: Made,
): Promise<string[]> {
  const { LocalNodeState } = state.parse(await manager.get('/info')).Swarm;
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
