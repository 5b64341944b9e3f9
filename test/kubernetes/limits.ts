// What the running pods of a namespace may use, read back from the cluster.
import { z } from 'zod';
import { kubectl } from '../../lab/src/environments/kubernetes/kubectl.ts';

const listSchema = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        containers: z.array(
          z.object({
            env: z.array(z.object({ name: z.string(), value: z.string().optional() })).default([]),
            resources: z.object({ limits: z.object({ cpu: z.string(), memory: z.string() }) }),
          }),
        ),
      }),
    }),
  ),
});

export interface Limits {
  cpus: number;
  mebibytes: number;
  /** Of the pools, the databases having none. */
  connections: number;
}

/** The sums over the containers of our code, and over those of databases. */
export async function limitsOf(namespace: string): Promise<{ code: Limits; databases: Limits }> {
  const selector = '--selector=app.kubernetes.io/component in (gateway, service, database)';
  const found = await kubectl(['get', 'pods', '--namespace', namespace, selector, '--output=json']);
  const { items } = listSchema.parse(JSON.parse(found));
  const sumOf = (isDatabase: boolean): Limits =>
    items
      .filter(
        ({ metadata }) => (metadata.labels['app.kubernetes.io/component'] === 'database') === isDatabase,
      )
      .flatMap(({ spec }) => spec.containers)
      .map(({ env, resources: { limits } }) => ({
        cpus: cpus(limits.cpu),
        mebibytes: mebibytes(limits.memory),
        connections: Number(env.find(({ name }) => name === 'DATABASE_POOL')?.value ?? 0),
      }))
      .reduce(add, { cpus: 0, mebibytes: 0, connections: 0 });
  return { code: sumOf(false), databases: sumOf(true) };
}

const add = (a: Limits, b: Limits): Limits => ({
  cpus: a.cpus + b.cpus,
  mebibytes: a.mebibytes + b.mebibytes,
  connections: a.connections + b.connections,
});

const cpus = (amount: string): number =>
  amount.endsWith('m') ? Number(amount.slice(0, -1)) / 1_000 : Number(amount);

function mebibytes(amount: string): number {
  const [, number = '', unit = ''] = /^(\d+)(Mi|Gi)$/.exec(amount) ?? [];
  return Number(number) * (unit === 'Gi' ? 1_024 : 1);
}
