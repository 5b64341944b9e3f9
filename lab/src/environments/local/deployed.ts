import type { DatabaseName, PartName, ServiceName, Version } from '../environment.ts';
import type { ServiceSpec } from '../layout.ts';
import type { ControlPort } from './control-port.ts';
import type { Ground, Member } from './ground.ts';
import type { Replica } from './replica.ts';
import { required } from './required.ts';
import { createTraffic, type Traffic } from './traffic.ts';

/** A service as it runs now. */
export interface Service {
  spec: ServiceSpec;
  version: Version;
  /** Those that are sent requests, whether they are up or not. */
  replicas: Replica[];
}

/** A topology as it runs now. */
export interface Deployed {
  ground: Ground;
  services: Map<ServiceName, Service>;
  databases: Map<DatabaseName, Member>;
  traffic: Traffic;
}

export function createDeployed(ground: Ground): Deployed {
  return { ground, services: new Map(), databases: new Map(), traffic: createTraffic(ground) };
}

/** @throws Error when the topology has no such service, or it was not started */
export function serviceOf({ ground, services }: Deployed, name: ServiceName): Service {
  const found = services.get(name);
  if (!found) throw new Error(`${ground.topology} has no ${name} that is up`);
  return found;
}

/** All processes of a component. @throws Error when the topology has no such component, or it was not started */
export function membersOf(deployed: Deployed, name: PartName): Member[] {
  if (isDatabase(name)) {
    const server = deployed.databases.get(name);
    if (!server) throw new Error(`${deployed.ground.topology} has no ${name} that is up`);
    return [server];
  }
  return serviceOf(deployed, name).replicas;
}

export function firstOf(deployed: Deployed, name: PartName): Member {
  const [first] = membersOf(deployed, name);
  if (!first) throw new Error(`${name} has no replica`);
  return first;
}

export function isDatabase(name: PartName): name is DatabaseName {
  return name.endsWith('-db');
}

export function controlPortOf(
  { ground }: Deployed,
  name: ServiceName,
  { controlPort }: Replica,
): ControlPort {
  return { controlPort, token: required(ground.home.state.controlTokens, name) };
}
