import { z } from 'zod';

/** A node besides the one of the docker command: its host name, and its engine's socket where that is known. */
export interface NodeName {
  name: string;
  /** As in `unix:///tmp/n1.sock`. */
  host: string | undefined;
}

export interface SwarmConfig {
  nodes: readonly NodeName[];
  /** A command that makes machines; see node-tool.ts. */
  tool: string;
  /** Of the components' images. Those of `local` are built first, others are there. */
  tag: string;
}

const node = z.string().regex(/^[a-z0-9][a-z0-9-]*(=unix:\/\/\/.+)?$/);
const schema = z.object({
  SWARM_NODES: z
    .string()
    .default('n1,n2')
    .transform((text) => text.split(',').filter(Boolean))
    .pipe(z.array(node)),
  SWARM_NODE_TOOL: z.string().default('docker-node'),
  SWARM_TAG: z.string().min(1).default('local'),
});

/**
 * Reads SWARM_NODES (`n1,n2`, or `n1=unix:///tmp/n1.sock,…` for nodes that are there, their sockets forwarded),
 * SWARM_NODE_TOOL and SWARM_TAG. @throws ZodError naming the variable
 */
export function readSwarmConfig(env: NodeJS.ProcessEnv = process.env): SwarmConfig {
  const { SWARM_NODES, SWARM_NODE_TOOL, SWARM_TAG } = schema.parse(env);
  const nodes = SWARM_NODES.map((text): NodeName => {
    const [name = '', host] = text.split('=');
    return { name, host };
  });
  return { nodes, tool: SWARM_NODE_TOOL, tag: SWARM_TAG };
}
