// The nodes of the swarm that the docker command's engine manages.
import { z } from 'zod';
import { type Engine, engineAt } from '../compose/engine.ts';

export interface Node {
  id: string;
  /** Its host name. */
  name: string;
  /** What the docker command is told to reach its engine; undefined for the one that it reaches anyway. */
  host: string | undefined;
  engine: Engine;
  /** Where the other nodes reach it. */
  address: string;
  /** Whether the managers hear of it. */
  isReady: boolean;
  takesTasks: boolean;
}

const listed = z.array(
  z.object({
    ID: z.string(),
    Description: z.object({ Hostname: z.string() }),
    Spec: z.object({ Availability: z.string() }),
    Status: z.object({ State: z.string(), Addr: z.string().default('') }),
    ManagerStatus: z.object({ Addr: z.string() }).optional(),
  }),
);
const info = z.object({ Swarm: z.object({ NodeID: z.string() }) });

/** What names a node's engine by the node's host name: a socket, or nothing where it is not known. */
export type HostOf = (name: string) => string | undefined;

/** All nodes, the one of the docker command first, the others by name. */
export async function listNodes(manager: Engine, hostOf: HostOf): Promise<Node[]> {
  const { Swarm } = info.parse(await manager.get('/info'));
  const nodes = listed.parse(await manager.get('/nodes')).map((node): Node => {
    const { ID: id, Description, Spec, Status, ManagerStatus } = node;
    const name = Description.Hostname;
    const isOwn = id === Swarm.NodeID;
    const host = isOwn ? undefined : hostOf(name);
    return {
      id,
      name,
      host,
      engine: isOwn ? manager : engineOf(name, host),
      address: ManagerStatus?.Addr.replace(/:\d+$/, '') ?? Status.Addr,
      isReady: Status.State === 'ready',
      takesTasks: Spec.Availability === 'active',
    };
  });
  const rank = ({ id, name }: Node): string => (id === Swarm.NodeID ? '' : name);
  return nodes.sort((a, b) => rank(a).localeCompare(rank(b)));
}

/** One that is not known can be a node all the same: it only cannot be asked for its containers. */
function engineOf(name: string, host: string | undefined): Engine {
  if (host !== undefined) return engineAt(host.slice('unix://'.length));
  const refuse = async (): Promise<never> => {
    throw new Error(`the engine of node ${name} is not known: name its socket in SWARM_NODES`);
  };
  return { get: refuse, post: refuse, order: refuse, remove: refuse, follow: refuse };
}

/** The first node: the databases are there. */
export function firstOf(nodes: readonly Node[]): Node {
  const [first] = nodes;
  if (first === undefined) throw new Error('the swarm has no nodes');
  return first;
}
