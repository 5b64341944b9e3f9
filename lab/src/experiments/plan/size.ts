// A rate turned into tasks and database servers.
import type { Topology } from '../../environments/environment.ts';
import {
  bytesPerConnection,
  codeUtilisation,
  databaseUtilisation,
  memoryHeadroom,
  mostConnections,
} from './assumptions.ts';
import type { Efficiency } from './efficiency.ts';
import { clientsOf, coresAt, type Model, type PartModel } from './model.ts';
import type { Instance, Prices } from './prices.ts';

/** Tasks of one component. */
export interface Tasks {
  part: string;
  replicas: number;
  vcpu: number;
  gb: number;
}

/** Servers of one database. */
export interface Servers {
  part: string;
  servers: number;
  instance: Instance;
  connections: number;
}

export interface Sizing {
  topology: Topology;
  rate: number;
  tasks: Tasks[];
  databases: Servers[];
}

const gib = 2 ** 30;

/** The fewest replicas of one vCPU that give `vcpus` when each is worth less the more there are. */
export const replicasFor = (vcpus: number, efficiency: Efficiency): number => {
  for (let n = 1; n < efficiency.measuredTo; n += 1) if (n * efficiency.of(n) >= vcpus) return n;
  const least = efficiency.of(efficiency.measuredTo);
  return Math.max(efficiency.measuredTo, Math.ceil(vcpus / least));
};

const gbFor = (part: PartModel, sizes: readonly number[]): number | undefined =>
  sizes.find((gb) => gb * gib >= part.memoryBytes * memoryHeadroom);

/** The smallest task that is enough when there is one; else as many of one vCPU as it takes. */
const tasksOf = (part: PartModel, rate: number, efficiency: Efficiency, { fargate }: Prices): Tasks => {
  const vcpus = coresAt(part, rate) / codeUtilisation;
  for (const { vcpu, gb: sizes } of fargate.tasks) {
    const gb = gbFor(part, sizes);
    if (vcpus <= vcpu && gb !== undefined) return { part: part.part, replicas: 1, vcpu, gb };
  }
  const largest = fargate.tasks.at(-1);
  const gb = largest === undefined ? undefined : gbFor(part, largest.gb);
  if (largest === undefined || gb === undefined)
    throw new Error(`no task of the price table has the memory of ${part.part}`);
  const replicas = replicasFor(vcpus / largest.vcpu, efficiency);
  return { part: part.part, replicas, vcpu: largest.vcpu, gb };
};

const connectionLimit = ({ memoryGiB }: Instance): number =>
  Math.min(mostConnections, Math.floor((memoryGiB * gib) / bytesPerConnection));

/** The smallest server that is enough, or as many of the largest as it takes. */
export const serversFor = (
  part: string,
  vcpus: number,
  connections: number,
  instances: readonly Instance[],
): Servers => {
  const enough = instances.find((one) => one.sustainedVcpu >= vcpus && connectionLimit(one) >= connections);
  const largest = instances.at(-1);
  const instance = enough ?? largest;
  if (instance === undefined) throw new Error('the price table has no database server');
  const servers =
    enough === undefined
      ? Math.max(
          Math.ceil(vcpus / instance.sustainedVcpu),
          Math.ceil(connections / connectionLimit(instance)),
        )
      : 1;
  return { part, servers, instance, connections };
};

/** What a topology needs at a rate. */
export const sizeFor = (model: Model, rate: number, efficiency: Efficiency, prices: Prices): Sizing => {
  const tasks = model.parts
    .filter(({ database }) => !database)
    .map((part) => tasksOf(part, rate, efficiency, prices));
  const names = tasks.map(({ part }) => part);
  const databases = model.parts
    .filter(({ database }) => database)
    .map((part) => {
      const clients = clientsOf(part.part, names);
      const replicas = tasks
        .filter((task) => clients.includes(task.part))
        .reduce((total, task) => total + task.replicas, 0);
      const connections = Math.ceil(replicas * (model.connectionsPerReplica[part.part] ?? 0));
      const vcpus = coresAt(part, rate) / databaseUtilisation;
      return serversFor(part.part, vcpus, connections, prices.rds.instances);
    });
  return { topology: model.topology, rate, tasks, databases };
};
