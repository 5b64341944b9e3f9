import type { Topology } from '../../environments/environment.ts';
import { throughputOf } from '../../statistics/scalability.ts';
import type { Curve } from '../scaling/curve.ts';

/** What each of `replicas` still does of what one alone does, from 0 to 1, and where the number comes from. */
export interface Efficiency {
  of(replicas: number): number;
  /** The largest number of replicas that was measured. */
  measuredTo: number;
  from: string;
}

const perfect = (why: string): Efficiency => ({
  of: () => 1,
  measuredTo: 1,
  from: `each replica is taken to do as much as one alone: ${why}`,
});

/** The plain monolith is scaled by whole copies, so it has their curve. */
const curveFor = (topology: Topology): Topology =>
  topology === 'monolith' ? 'monolith-replicated' : topology;

/** The efficiency of replicas of a topology by the curve that was fitted to its throughput. */
export const efficiencyOf = (topology: Topology, curves: readonly Curve[]): Efficiency => {
  const curve = curves.find((one) => one.topology === curveFor(topology));
  if (curve === undefined || curve.law === null)
    return perfect('its throughput over replicas was not measured');
  if (curve.ofMachine) return perfect('where more were measured, the machine was full');
  const { lambda, sigma, kappa } = curve.law;
  const model = { lambda: lambda.value, sigma: sigma.value, kappa: kappa.value };
  const measuredTo = Math.max(...curve.points.map(({ replicas }) => replicas));
  return {
    of(replicas) {
      const n = Math.min(replicas, measuredTo);
      return throughputOf(model, n) / (n * throughputOf(model, 1));
    },
    measuredTo,
    from: `the law fitted to ${curve.topology} with 1 to ${measuredTo} replicas`,
  };
};
