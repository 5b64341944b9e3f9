import type { PartName, Topology } from '../environment.ts';
import type { ContainerSpec } from './objects.ts';

/** What the containers of one replica may use. */
export interface Budget {
  cpus: number;
  mebibytes: number;
}

const quarter: Budget = { cpus: 0.5, mebibytes: 256 };

/**
 * The same total for every topology, as in deploy/compose: 2 CPUs and 1 GiB for our code, 1.5 CPUs and 768 MiB for
 * databases.
 */
export function budgetOf(topology: Topology, part: PartName): Budget {
  if (part === 'monolith') return topology === 'monolith' ? { cpus: 2, mebibytes: 1_024 } : quarter;
  if (part === 'monolith-db' || part === 'shared-db') return { cpus: 1.5, mebibytes: 768 };
  return quarter;
}

/**
 * Limits are the budget. What is asked for is little: several topologies are up at once, of which one is measured, and
 * there must be room for the new replica of a rollout.
 */
export const withBudget = (container: ContainerSpec, { cpus, mebibytes }: Budget): ContainerSpec => {
  const { requests, limits } = container.resources ?? {};
  return {
    ...container,
    resources: {
      requests: { ...requests, cpu: '20m', memory: '64Mi' },
      limits: { ...limits, cpu: `${cpus * 1_000}m`, memory: `${mebibytes}Mi` },
    },
  };
};
