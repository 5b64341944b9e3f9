import { controlPortOf, type Deployed, type Service, serviceOf } from './deployed.ts';
import { createReplica, type Replica, retireReplica, startReplica } from './replica.ts';

/** Whether requests reach a service by the gateway, so that they can be sent elsewhere while it runs. */
export function isBehindGateway({ ground }: Deployed, { spec }: Service): boolean {
  return ground.layout.routes.some(({ service }) => service === spec.name);
}

/** Has a service's requests sent to these replicas only; resolves when the gateway does so. */
export async function sendTo(deployed: Deployed, service: Service, replicas: Replica[]): Promise<void> {
  const { traffic } = deployed;
  service.replicas = replicas;
  traffic.direct(
    service.spec.name,
    replicas.map(({ host }) => host),
  );
  await traffic.write();
  const [gateway] = serviceOf(deployed, 'gateway').replicas;
  if (gateway) await traffic.taken(controlPortOf(deployed, 'gateway', gateway));
}

/** The lowest number that no replica has. */
export function freeNumber(replicas: readonly { number: number }[]): number {
  const taken = new Set(replicas.map(({ number }) => number));
  let number = 1;
  while (taken.has(number)) number += 1;
  return number;
}

/** Resolves when so many replicas are ready and the gateway sends to all of them and to no other. */
export async function scale(deployed: Deployed, service: Service, wanted: number): Promise<void> {
  const { spec, replicas } = service;
  if (wanted === replicas.length) return;
  if (!isBehindGateway(deployed, service)) throw new Error(`${spec.name} owns its port: it has one replica`);
  if (!Number.isInteger(wanted) || wanted < 1) throw new Error(`${wanted} is no number of replicas`);
  if (wanted > replicas.length) return grow(deployed, service, wanted);
  const [kept, others] = [replicas.slice(0, wanted), replicas.slice(wanted)];
  await sendTo(deployed, service, kept);
  await Promise.all(others.map((replica) => retireReplica(deployed.ground, replica)));
}

async function grow(deployed: Deployed, service: Service, wanted: number): Promise<void> {
  const { ground } = deployed;
  const { spec, version, replicas } = service;
  const added: Replica[] = [];
  while (replicas.length + added.length < wanted) {
    added.push(await createReplica(ground, spec, freeNumber([...replicas, ...added]), version));
  }
  const started = await Promise.allSettled(added.map((replica) => startReplica(ground, replica)));
  const failed = started.find((each) => each.status === 'rejected');
  if (failed) {
    await Promise.all(added.map((replica) => retireReplica(ground, replica)));
    throw failed.reason;
  }
  await sendTo(deployed, service, [...replicas, ...added]);
}
