import type { Deployment, PartName, ReplicaInfo } from '../environments/environment.ts';
import { NotSeen } from './fault.ts';

/** The replicas of a component as they are now. Throws when the topology has no such component. */
export const replicasOf = async (deployment: Deployment, name: PartName): Promise<ReplicaInfo[]> => {
  const part = (await deployment.parts()).find((one) => one.name === name);
  if (part === undefined) throw new Error(`${deployment.topology} has no ${name}`);
  return part.replicas;
};

/** The replica that verbs on a component mean. Throws NotSeen when there is none. */
export const firstReplica = async (deployment: Deployment, name: PartName): Promise<ReplicaInfo> => {
  const [first] = await replicasOf(deployment, name);
  if (first === undefined) throw new NotSeen(`${name} has no replica`);
  return first;
};

/** Process ids of the replicas that run. */
export const pidsOf = async (deployment: Deployment, name: PartName): Promise<number[]> =>
  (await replicasOf(deployment, name)).flatMap(({ pid }) => pid ?? []);
