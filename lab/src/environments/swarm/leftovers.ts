import { z } from 'zod';
import { dockerAt, read } from '../compose/command.ts';
import type { SwarmEnvironment } from './swarm-environment.ts';

const onNodes = ['container', 'network', 'volume'] as const;
const ofSwarm = ['service', 'secret', 'config'] as const;

/** After `down`: all that the environment made and that is still there, each with its kind. */
export async function findLeftovers(environment: SwarmEnvironment): Promise<string[]> {
  const swarm = environment.swarm();
  const remains = await swarm.remains();
  const state = await read('docker', ['info', '--format', '{{.Swarm.LocalNodeState}}']);
  const nodes = state === 'active' ? await swarm.nodes() : [{ name: 'this machine', host: undefined }];
  const found = await Promise.all([
    ...nodes.flatMap(({ name, host }) =>
      onNodes.map(async (kind) =>
        (await listed(host, kind, environment.run)).map((each) => `${kind} ${each} on ${name}`),
      ),
    ),
    ...(state === 'active' ? ofSwarm : []).map(async (kind) =>
      (await listed(undefined, kind, environment.run)).map((each) => `${kind} ${each}`),
    ),
  ]);
  return [...remains, ...found.flat()];
}

const names = z.string().transform((text) => text.split('\n').filter(Boolean));

async function listed(host: string | undefined, kind: string, run: string): Promise<string[]> {
  const all = kind === 'container' ? ['--all'] : [];
  const field = kind === 'container' ? '{{.Names}}' : '{{.Name}}';
  const filter = ['--filter', `name=cleave-lab-${run}`, '--format', field];
  return names.parse(await read('docker', [...dockerAt(host), kind, 'ls', ...all, ...filter]));
}
