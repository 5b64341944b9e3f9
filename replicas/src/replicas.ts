import type { Resolve } from './addresses.ts';
import { type Circuit, type CircuitState, createCircuit } from './circuit.ts';
import { knock } from './knock.ts';
import type { Limits } from './limits.ts';
import { createPresence, type Presence } from './presence.ts';

/** One address behind a name: one process, as far as a caller can know. */
export interface Replica {
  readonly address: string;
  readonly circuit: Circuit;
  readonly presence: Presence;
  /** Whether all others are left out. */
  isLast(): boolean;
  inFlight: number;
}

/** All addresses behind one name. */
export interface Replicas {
  list(): readonly Replica[];
  /** Looks the addresses up. Replicas that are still there keep their state; an empty answer changes nothing. */
  refresh(): Promise<void>;
  /** Uses these addresses from now on or, with none, what the name resolves to; as with `refresh`, state is kept. */
  pin(addresses: readonly string[] | undefined): Promise<void>;
}

/** What whoever made them is told. */
export interface ReplicasListener {
  /** A circuit changed. */
  onCircuit(address: string, state: CircuitState): void;
  /** A look-up failed; told once until one succeeds. The last good answer is kept. */
  onUnresolved(error: unknown): void;
}

const isClosed = ({ circuit }: Replica): boolean => circuit.state() === 'closed';

/** Replicas at `port` of the addresses that `hostname` has. None are known until `refresh` or `pin`. */
export function createReplicas(
  { hostname, port }: { hostname: string; port: number },
  limits: Limits,
  resolve: Resolve,
  { onCircuit, onUnresolved }: ReplicasListener,
): Replicas {
  let replicas = new Map<string, Replica>();
  let all: readonly Replica[] = [];
  let isUnresolved = false;
  const add = (address: string): Replica => {
    const circuit = createCircuit(limits, (state) => onCircuit(address, state));
    // The last one is neither given up nor left out for packets that were lost or late: nobody else could answer.
    const isLast = (): boolean => !all.some((other) => other.circuit !== circuit && isClosed(other));
    const presence = createPresence(
      limits.doubtMs,
      async () => isLast() || (await knock(address, port, limits.connectMs)),
      () => isLast() || circuit.lose(),
    );
    return { address, circuit, presence, isLast, inFlight: 0 };
  };
  let pinned: readonly string[] | undefined;
  const take = (addresses: readonly string[]): void => {
    replicas = new Map(addresses.map((address) => [address, replicas.get(address) ?? add(address)]));
    all = [...replicas.values()];
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
  return { list: () => all, refresh, pin };
}
