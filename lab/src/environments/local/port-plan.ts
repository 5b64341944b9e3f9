import type { Topology } from '../environment.ts';
import { choosePorts, type PortWish } from '../ports.ts';
import type { LocalConfig } from './config.ts';
import { databasesAt, type PlaceName, servicesAt } from './places.ts';
import { type Ports, portsSchema } from './state.ts';

/**
 * Chooses the ports of all components of a place: those that are fixed, else those of the last time where they
 * are still free, else any.
 * @param taken the ports of other places
 * @param starting the topologies that are about to start: a port is fixed only for these
 * @throws CannotStart when a fixed one is busy
 */
export async function planPorts(
  place: PlaceName,
  config: LocalConfig,
  starting: readonly Topology[],
  last: Ports | undefined,
  taken: ReadonlySet<number>,
): Promise<Ports> {
  const fixed = place === 'main' ? fixedPorts(config, starting) : {};
  const [databases, services] = [databasesAt(place), servicesAt(place)];
  const wishes: PortWish[] = [
    ...databases.map((name) => ({ preferred: last?.databases[name] })),
    ...services.flatMap((name) => [
      fixed[name] ?? { preferred: last?.services[name]?.port },
      { preferred: last?.services[name]?.adminPort },
      { preferred: last?.services[name]?.controlPort },
    ]),
  ];
  const chosen = (await choosePorts(wishes, taken)).values();
  const next = () => chosen.next().value;
  const service = () => ({ port: next(), adminPort: next(), controlPort: next() });
  return portsSchema.parse({
    databases: Object.fromEntries(databases.map((name) => [name, next()])),
    services: Object.fromEntries(services.map((name) => [name, service()])),
  });
}

function fixedPorts(config: LocalConfig, starting: readonly Topology[]): Record<string, PortWish> {
  const isStarting = (topology: Topology) => starting.includes(topology);
  return {
    ...(isStarting('monolith') && { monolith: fixedUnlessZero(config.monolithPort, 'MONOLITH_PORT') }),
    ...(isStarting('microservices') && { gateway: fixedUnlessZero(config.gatewayPort, 'GATEWAY_PORT') }),
  };
}

function fixedUnlessZero(port: number, variable: string): PortWish {
  return port === 0 ? {} : { fixed: port, variable };
}

/** Every port of a place. */
export function portsIn({ databases, services }: Ports): number[] {
  const ofServices = Object.values(services).flatMap(({ port, adminPort, controlPort }) => [
    port,
    adminPort,
    controlPort,
  ]);
  return [...Object.values(databases), ...ofServices];
}
