import type { Deployment, Topology, Usage } from '../environments/environment.ts';
import type { Breaker } from './faults/breaker.ts';
import type { PartNow, TopologyParts } from './messages.ts';

/** What a replica had used at a moment. */
interface Reading {
  cpuSeconds: number;
  at: number;
}

/** Looks at the components of every topology. */
export interface Watch {
  /** Components with their replicas, and the CPU that they used since the last look. */
  look(): Promise<TopologyParts[]>;
}

export function createWatch(deployments: ReadonlyMap<Topology, Deployment>, breaker: Breaker): Watch {
  const readings = new Map<string, Reading>();

  /** Cores in use since this replica was read the last time; null for one that is seen for the first time. */
  function coresOf(topology: Topology, { replica, cpuSeconds }: Usage): number | null {
    const at = performance.now() / 1_000;
    const key = `${topology}/${replica}`;
    const before = readings.get(key);
    readings.set(key, { cpuSeconds, at });
    // a counter that went back belongs to a new process
    if (!before || cpuSeconds < before.cpuSeconds || at === before.at) return null;
    return (cpuSeconds - before.cpuSeconds) / (at - before.at);
  }

  async function lookAt(topology: Topology, deployment: Deployment): Promise<PartNow[]> {
    const [parts, usage] = await Promise.all([deployment.parts(), deployment.usage()]);
    const used = usage.map((one) => ({ ...one, cores: coresOf(topology, one) }));
    return parts.map(({ name, replicas }) => {
      const own = used.filter(({ part }) => part === name);
      return {
        name,
        replicas: replicas.length,
        running: replicas.filter(({ pid }) => pid !== undefined).length,
        cores: sumOf(own.map(({ cores }) => cores)),
        memoryBytes: sumOf(own.map(({ memoryBytes }) => memoryBytes)),
        faults: breaker.faultsOf(topology, name),
      };
    });
  }

  return {
    look: () =>
      Promise.all(
        [...deployments].map(async ([topology, deployment]) => ({
          topology,
          parts: await lookAt(topology, deployment),
        })),
      ),
  };
}

/** Null when nothing is known. */
function sumOf(values: (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
