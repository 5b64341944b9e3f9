import type { ServiceName, Topology } from '../../environments/environment.ts';
import type { CheckContext } from '../check.ts';
import type { LoadResult } from '../load.ts';
import type { Versions } from '../versions.ts';

/** What every part of the check of rollouts is given. */
export interface RolloutTools {
  context: CheckContext;
  versions: Versions;
}

export interface PartResult {
  /** Whether it was as it should be, its failed requests apart. */
  ok: boolean;
  saw: string[];
  /** Those whose requests have to succeed. */
  loads: LoadResult[];
}

export interface Rolled {
  topology: Topology;
  service: ServiceName;
}

/** What is rolled: in the microservices one service, and the monolith behind the gateway, one copy after the other. */
export const rolled: readonly Rolled[] = [
  { topology: 'microservices', service: 'posts' },
  { topology: 'monolith-replicated', service: 'monolith' },
];
