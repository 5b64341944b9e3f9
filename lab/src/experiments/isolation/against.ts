import type { Topology } from '../../environments/environment.ts';
import { faults } from '../../faults/registry.ts';
import { type Digest, findCell } from './digest.ts';
import { compareAnswered, type Verdict } from './verdict.ts';

/** Faults of a module that were measured, in the order of reports. */
export const faultsOf = ({ cells }: Digest, module: string): string[] => {
  const found = new Set(cells.filter((cell) => cell.module === module).map(({ fault }) => fault));
  return faults.map(({ name }) => name).filter((name) => found.has(name));
};

/** Faults in posts under which microservices answered more of a group than `other`, fewer, or neither beyond doubt. */
export const verdictsAgainst = (
  digest: Digest,
  other: Topology,
  group: string,
): Record<Verdict, string[]> => {
  const verdicts: Record<Verdict, string[]> = { more: [], fewer: [], none: [] };
  for (const fault of faultsOf(digest, 'posts')) {
    const services = findCell(digest, 'microservices', 'posts', fault, group);
    const theirs = findCell(digest, other, 'posts', fault, group);
    if (services && theirs) verdicts[compareAnswered(services, theirs)].push(fault);
  }
  return verdicts;
};

/** Shares of the requests of a group over some faults of a module; undefined where there were none. */
export const answeredOf = (
  digest: Digest,
  topology: Topology,
  module: string,
  group: string,
  some: readonly string[] = faultsOf(digest, module),
): { share: number; degraded: number } | undefined => {
  const cells = some.flatMap((fault) => findCell(digest, topology, module, fault, group) ?? []);
  const sum = (key: 'requests' | 'failed' | 'degraded'): number =>
    cells.reduce((total, { broken }) => total + broken[key], 0);
  const requests = sum('requests');
  if (requests === 0) return undefined;
  return { share: 1 - sum('failed') / requests, degraded: sum('degraded') / requests };
};
