// What the running containers of a topology may use, read back from Docker.
import { z } from 'zod';
import { read } from '../../lab/src/environments/compose/command.ts';
import type { Deployment, Part } from '../../lab/src/environments/environment.ts';

const inspected = z.tuple([
  z.object({
    HostConfig: z.object({ NanoCpus: z.number(), Memory: z.number() }),
    Config: z.object({ Env: z.array(z.string()) }),
  }),
]);

export interface Limits {
  cpus: number;
  mebibytes: number;
  /** Of the pools, the databases having none. */
  connections: number;
}

/** The sums over the containers of our code, and over those of databases. */
export async function limitsOf(deployment: Deployment): Promise<{ code: Limits; databases: Limits }> {
  const parts = await deployment.parts();
  const sumOf = async (isMember: (part: Part) => boolean): Promise<Limits> =>
    sum(
      await Promise.all(
        parts.filter(isMember).flatMap(({ replicas }) => replicas.map(({ id }) => limit(id))),
      ),
    );
  return {
    code: await sumOf(({ kind }) => kind !== 'database'),
    databases: await sumOf(({ kind }) => kind === 'database'),
  };
}

async function limit(container: string): Promise<Limits> {
  const [{ HostConfig, Config }] = inspected.parse(JSON.parse(await read('docker', ['inspect', container])));
  const pool = Config.Env.find((variable) => variable.startsWith('DATABASE_POOL='));
  return {
    cpus: HostConfig.NanoCpus / 1e9,
    mebibytes: HostConfig.Memory / 1_048_576,
    connections: Number(pool?.split('=')[1] ?? 0),
  };
}

const sum = (limits: Limits[]): Limits => ({
  cpus: limits.reduce((total, { cpus }) => total + cpus, 0),
  mebibytes: limits.reduce((total, { mebibytes }) => total + mebibytes, 0),
  connections: limits.reduce((total, { connections }) => total + connections, 0),
});
