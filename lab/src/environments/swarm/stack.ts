import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { dockerAt, read } from '../compose/command.ts';
import type { ServiceName, Topology } from '../environment.ts';
import { layouts } from '../layout.ts';
import { makeSecrets, removeSecrets } from './secrets.ts';
import type { Swarm } from './swarm.ts';
import { within } from './waiting.ts';

/** A stack with services, networks, volumes, secrets and a port of its own. */
export interface Stack {
  name: string;
  topology: Topology;
  /** The port of its entrance on each node that has one. */
  port: number;
}

/** Swarm takes 64 characters for the name of a secret, which holds that of its stack. */
const shortNames: Readonly<Record<Topology, string>> = {
  monolith: 'monolith',
  microservices: 'services',
  'monolith-replicated': 'copies',
  'microservices-shared-db': 'shared',
};

/** @param run tells the stacks of one lab from another's on the same swarm */
export const stackName = (run: string, topology: Topology): string =>
  `cleave-lab-${run}-${shortNames[topology]}`;

/** What of a topology's stack the lab needs to be otherwise, by service. */
export type Override = Partial<Record<ServiceName, { environment: Record<string, string>; deploy: object }>>;

const REMOVED_WITHIN_MS = 120_000;

const inDeploy = (name: string): string =>
  fileURLToPath(new URL(`../../../../deploy/swarm/${name}`, import.meta.url));

/** What users deploy, and over it what a machine without IPVS needs. */
const files: Readonly<Record<Topology, readonly string[]>> = {
  monolith: ['monolith.yaml', 'monolith-host-ports.yaml'],
  microservices: ['stack.yaml', 'host-ports.yaml'],
  'monolith-replicated': ['monolith-replicated.yaml', 'host-ports.yaml'],
  'microservices-shared-db': ['stack.yaml', 'microservices-shared-db.yaml', 'host-ports.yaml'],
};

/** Makes the secrets and deploys the stack; resolves when Swarm has taken the order. */
export async function deployStack(
  { name, topology, port }: Stack,
  override: Override,
  options: { tag: string; signal: AbortSignal },
): Promise<void> {
  await makeSecrets(name, topology);
  const folder = await mkdtemp(join(tmpdir(), 'cleave-stack-'));
  try {
    const over = join(folder, 'override.json');
    await writeFile(over, JSON.stringify({ services: override }), { mode: 0o600 }); // it holds tokens
    const composeFiles = [...files[topology].map(inDeploy), over].flatMap((file) => ['--compose-file', file]);
    const env = { STACK: name, TAG: options.tag, MONOLITH_PORT: String(port), GATEWAY_PORT: String(port) };
    const order = ['stack', 'deploy', '--detach=true', '--resolve-image=never', ...composeFiles, name];
    await read('docker', order, { env, signal: options.signal });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes the stack with its volumes and secrets; resolves when no node has anything of it. */
export async function removeStack(swarm: Swarm, { name }: Stack): Promise<void> {
  // not --detach=false: it waits for ever for a task that Swarm has forgotten meanwhile
  await read('docker', ['stack', 'rm', '--detach=true', name]);
  const isGone = async (): Promise<boolean> =>
    (await leftoversOf(swarm, name, ['container', 'network'])).length === 0;
  if (!(await within(REMOVED_WITHIN_MS, isGone))) {
    throw new Error(`${name} is still there: ${(await leftoversOf(swarm, name)).join(', ')}`);
  }
  for (const { host } of await readyNodes(swarm)) {
    const volumes = await listed(host, 'volume', name);
    if (volumes.length > 0) await read('docker', [...dockerAt(host), 'volume', 'rm', ...volumes]);
  }
  await removeSecrets(name);
}

const kinds = ['container', 'network', 'volume'] as const;
type Kind = (typeof kinds)[number];

/** All that nodes have of a stack, each with its kind and its node. */
export async function leftoversOf(
  swarm: Swarm,
  stack: string,
  which: readonly Kind[] = kinds,
): Promise<string[]> {
  const found = await Promise.all(
    (await readyNodes(swarm)).map(async ({ name, host }) =>
      Promise.all(
        which.map(async (kind) => (await listed(host, kind, stack)).map((id) => `${kind} ${id} on ${name}`)),
      ),
    ),
  );
  return found.flat(2);
}

const readyNodes = async (swarm: Swarm) => (await swarm.nodes()).filter(({ isReady }) => isReady);

async function listed(host: string | undefined, kind: Kind, stack: string): Promise<string[]> {
  const all = kind === 'container' ? ['--all'] : [];
  const label = `label=com.docker.stack.namespace=${stack}`;
  const command = [...dockerAt(host), kind, 'ls', ...all, '--quiet', '--filter', label];
  return z.array(z.string()).parse((await read('docker', command)).split('\n').filter(Boolean));
}

/** The images that a topology's containers are made of. */
export const imagesOf = (topology: Topology, tag: string): string[] => [
  ...layouts[topology].services.map(({ name }) => `cleave/${name}:${tag}`),
  'postgres:18-trixie',
];
