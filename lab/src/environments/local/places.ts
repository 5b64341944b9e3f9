import { join } from 'node:path';
import type { DatabaseName, ServiceName, Topology } from '../environment.ts';
import { type Layout, layouts, type Owner } from '../layout.ts';

/** A folder within the data folder, with state, logs and databases of its own: there names are unique. */
export const placeNames = ['main', 'monolith-replicated', 'microservices-shared-db'] as const;
export type PlaceName = (typeof placeNames)[number];

/** What lives in each place: the two topologies of `npm start` share one, each control has its own. */
export const places: Readonly<Record<PlaceName, readonly Layout[]>> = {
  main: [layouts.monolith, layouts.microservices],
  'monolith-replicated': [layouts['monolith-replicated']],
  'microservices-shared-db': [layouts['microservices-shared-db']],
};

export function placeOf(topology: Topology): PlaceName {
  return topology === 'monolith' || topology === 'microservices' ? 'main' : topology;
}

/** The folder of a place: the data folder itself, or one below it. */
export function placeFolder(dataFolder: string, place: PlaceName): string {
  return place === 'main' ? dataFolder : join(dataFolder, place);
}

export function servicesAt(place: PlaceName): ServiceName[] {
  return places[place].flatMap(({ services }) => services.map(({ name }) => name));
}

export function databasesAt(place: PlaceName): DatabaseName[] {
  return places[place].flatMap(({ databases }) => databases);
}

export function ownersAt(place: PlaceName): Owner[] {
  return servicesAt(place).filter((name) => name !== 'gateway');
}
