import { databases, type Service, services } from '../driver.ts';
import type { LocalConfig } from './config.ts';
import { choosePorts, type PortWish } from './ports.ts';
import { type Ports, portsSchema } from './state.ts';

/**
 * Chooses the ports of all components: the two that are fixed, else those of the last time where they are
 * still free, else any.
 * @throws CannotStart when a fixed one is busy
 */
export async function planPorts(config: LocalConfig, last: Ports | undefined): Promise<Ports> {
  const traffic: Partial<Record<Service, PortWish>> = {
    monolith: fixedUnlessZero(config.monolithPort, 'MONOLITH_PORT'),
    gateway: fixedUnlessZero(config.gatewayPort, 'GATEWAY_PORT'),
  };
  const wishes: PortWish[] = [
    ...databases.map((name) => ({ preferred: last?.databases[name] })),
    ...services.flatMap((name) => [
      traffic[name] ?? { preferred: last?.services[name].port },
      { preferred: last?.services[name].adminPort },
      { preferred: last?.services[name].controlPort },
    ]),
  ];
  const chosen = (await choosePorts(wishes)).values();
  const next = () => chosen.next().value;
  const service = () => ({ port: next(), adminPort: next(), controlPort: next() });
  return portsSchema.parse({
    databases: Object.fromEntries(databases.map((name) => [name, next()])),
    services: Object.fromEntries(services.map((name) => [name, service()])),
  });
}

function fixedUnlessZero(port: number, variable: string): PortWish {
  return port === 0 ? {} : { fixed: port, variable };
}
