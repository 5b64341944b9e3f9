import { networkInterfaces } from 'node:os';
import { z } from 'zod';

const schema = z.object({
  // the SDK reads it too; an emulator of AWS answers there
  AWS_ENDPOINT_URL: z.url().optional(),
  // where users, threads and posts find each other, when not by Service Connect
  CLEAVE_PEERS: z.string().optional(),
});

/** What the command is told by variables besides those that the SDK reads itself. */
export interface Config {
  /** Whether AWS is an emulator on this machine, which lacks some of it. */
  emulated: boolean;
  /** Three URLs with commas between: of users, threads and posts. */
  peers: string;
}

/** The ports on which `connect` stands in for Service Connect. */
export const peerPorts = { users: 18_081, threads: 18_082, posts: 18_083 } as const;

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const { AWS_ENDPOINT_URL: endpoint, CLEAVE_PEERS: peers } = schema.parse(env);
  const emulated = endpoint !== undefined && /^(127\.|localhost$|\[::1\]$)/.test(new URL(endpoint).hostname);
  return { emulated, peers: peers ?? (emulated ? stoodIn() : connected) };
}

const connected = 'http://users:8080,http://threads:8080,http://posts:8080';

/** This machine as containers of its Docker engine see it. */
export const bridgeAddress = (): string => networkInterfaces().docker0?.[0]?.address ?? '172.17.0.1';

const stoodIn = (): string =>
  Object.values(peerPorts)
    .map((port) => `http://${bridgeAddress()}:${port}`)
    .join(',');
