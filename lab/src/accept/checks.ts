import type { Check } from './check.ts';
import { contract } from './checks/1-contract.ts';
import { scale } from './checks/2-scale.ts';
import { rollout } from './checks/3-rollout.ts';
import { migration } from './checks/4-migration.ts';
import { faults } from './checks/5-faults.ts';
import { policies } from './checks/6-policies.ts';
import { nodes } from './checks/7-nodes.ts';
import { cleanup } from './checks/8-cleanup.ts';

/** The suite, in the order in which it runs. */
export const checks: readonly Check[] = [
  contract,
  scale,
  rollout,
  migration,
  faults,
  policies,
  nodes,
  cleanup,
];
