import { lookup } from 'node:dns/promises';
import { type Circuit, type CircuitState, createCircuit } from './circuit.ts';

/** The addresses of a host name. */
export type Resolve = (hostname: string) => Promise<string[]>;

/** One address of an upstream: one process, as far as a gateway can know. */
export interface Replica {
  readonly address: string;
  readonly circuit: Circuit;
  inFlight: number;
}

/** The replicas of one upstream. */
export interface Replicas {
  list(): readonly Replica[];
  /** Looks the addresses up. Replicas that are still there keep their state; an empty answer changes nothing. */
  refresh(): Promise<void>;
  /** Uses these addresses from now on or, with none, what the name resolves to; as with `refresh`, state is kept. */
  pin(addresses: readonly string[] | undefined): Promise<void>;
}

/** The system's resolver. A name of both families names each replica twice: then only IPv4 is taken. */
export const resolveByDns: Resolve = async (hostname) => {
  const found = await lookup(hostname, { all: true });
  const family = found.some((each) => each.family === 4) ? 4 : 6;
  return found.filter((each) => each.family === family).map((each) => each.address);
};

/**
 * @param onChange told of each change of an address's circuit
 * @param onUnresolved told when a look-up failed, once until one succeeds; the last good answer is kept
 */
export function createReplicas(
  hostname: string,
  limits: { failures: number; restMs: number },
  resolve: Resolve,
  onChange: (address: string, state: CircuitState) => void,
  onUnresolved: (error: unknown) => void,
): Replicas {
  let replicas = new Map<string, Replica>();
  let isUnresolved = false;
  const add = (address: string): Replica => ({
    address,
    circuit: createCircuit(limits, (state) => onChange(address, state)),
    inFlight: 0,
  });
  let pinned: readonly string[] | undefined;
  const take = (addresses: readonly string[]): void => {
    replicas = new Map(addresses.map((address) => [address, replicas.get(address) ?? add(address)]));
  };
  let pending: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    try {
      const addresses = await resolve(hostname);
      if (addresses.length === 0) throw new Error(`${hostname} has no address`);
      if (!pinned) take(addresses);
      isUnresolved = false;
    } catch (error) {
      if (!isUnresolved) onUnresolved(error);
      isUnresolved = true;
    } finally {
      pending = undefined;
    }
  };
  const refresh = async (): Promise<void> => {
    if (pinned) return;
    pending ??= look(); // a slow name server is not asked again before it answered
    return pending;
  };
  const pin = async (addresses: readonly string[] | undefined): Promise<void> => {
    pinned = addresses;
    if (addresses) take(addresses);
    else await refresh();
  };
  return { list: () => [...replicas.values()], refresh, pin };
}
