// Which replicas the gateway sends a service's requests to.
import { runModule } from '../inside/module.ts';
import type { Container } from './containers.ts';
import type { Routes } from './routes.ts';
import { insideOf } from './shell.ts';

/** The gateway reads its routes twice, and looks names up once, a second. */
const TAKEN_WITHIN_MS = 15_000;

export interface Traffic {
  /** Sends a service's requests to those of these replicas that run, and no others; resolves when the gateway does so. */
  only(service: string, replicas: readonly Container[]): Promise<void>;
  /** Sends them to all that DNS knows again: those of these that run; resolves when the gateway does so. */
  all(service: string, replicas: readonly Container[]): Promise<void>;
}

export function createTraffic(routes: Routes, gateway: () => Promise<Container>): Traffic {
  const taken = async (service: string, version: number, addresses: readonly string[]): Promise<void> => {
    const { name } = await gateway();
    const isTaken = await runModule(insideOf(name), takenSource(service, version, addresses));
    if (isTaken !== true) throw new Error(`the gateway did not take ${addresses.join(', ')} for ${service}`);
  };
  const addressesOf = async (replicas: readonly Container[]): Promise<string[]> => {
    const networks = Object.keys((await gateway()).addresses);
    const running = replicas.filter(({ isRunning }) => isRunning);
    return running.map(({ name, addresses }) => {
      const shared = networks.map((network) => addresses[network]).find(Boolean);
      if (shared === undefined) throw new Error(`${name} shares no network with the gateway`);
      return shared;
    });
  };
  return {
    async only(service, replicas) {
      const addresses = await addressesOf(replicas);
      await taken(service, await routes.direct(service, addresses), addresses);
    },
    async all(service, replicas) {
      const addresses = await addressesOf(replicas);
      await taken(service, await routes.direct(service), addresses);
    },
  };
}

/**
 * Waits in the gateway's own container, on its admin port: one process there, not one for each question, since they
 * would share its CPU limit. Writes whether that version and those addresses came into use in time.
 */
const takenSource = (service: string, version: number, addresses: readonly string[]): string => `
  import { env, stdout } from 'node:process';
  import { setTimeout } from 'node:timers/promises';
  const wanted = ${JSON.stringify([...addresses].sort().join())};
  const isTaken = async () => {
    const text = await (await fetch('http://127.0.0.1:' + env.ADMIN_PORT + '/metrics')).text();
    const version = /^gateway_routes_version(?:{[^}]*})? (\\d+)$/m.exec(text)?.[1];
    const states = text.split('\\n').filter((line) => line.startsWith('gateway_upstream_circuit_state{'));
    const ours = states.filter((line) => line.includes('upstream="${service}"'));
    const addresses = ours.map((line) => /address="([^"]+)"/.exec(line)?.[1]);
    return version === '${version}' && addresses.sort().join() === wanted;
  };
  const deadline = performance.now() + ${TAKEN_WITHIN_MS};
  let taken = await isTaken();
  while (!taken && performance.now() < deadline) {
    await setTimeout(100);
    taken = await isTaken();
  }
  stdout.write(JSON.stringify(taken));
`;
