// 3. Rollouts and rollbacks under a constant arrival rate, by one command each; and what happens without the care.
import { randomBytes } from 'node:crypto';
import type { ServiceName, Topology } from '../../environments/environment.ts';
import type { Check, CheckContext, CheckResult } from '../check.ts';
import { describeFailures, sumOf } from '../count.ts';
import type { LoadResult } from '../load.ts';
import { stopBadVersions } from '../rollout/bad-versions.ts';
import { replaceEntrances } from '../rollout/entrances.ts';
import { rollNaively } from '../rollout/naive.ts';
import { rollForthAndBack } from '../rollout/forth-and-back.ts';
import { makeVersions, type Versions } from '../versions.ts';

/** Everything that a part of this check is given. */
export interface RolloutParts {
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

/** What is rolled: in the microservices one service, and the monolith behind the gateway, one copy after the other. */
export const rolled: readonly { topology: Topology; service: ServiceName }[] = [
  { topology: 'microservices', service: 'posts' },
  { topology: 'monolith-replicated', service: 'monolith' },
];

export const rollout: Check = {
  name: 'rollout',
  title: 'rollout and rollback under load',
  platforms: ['compose', 'swarm', 'kubernetes'],
  topologies: ['monolith', 'microservices', 'monolith-replicated'],
  async run(context): Promise<CheckResult> {
    const mark = randomBytes(3).toString('hex');
    const components = ['monolith', 'gateway', 'users', 'posts'] as const;
    const good = await makeVersions(context.platform.images, components, ['next'], mark);
    const bad = await makeVersions(context.platform.images, ['posts'], ['never-ready', 'crashes'], mark);
    const parts: RolloutParts = { context, versions: good };
    try {
      const results: PartResult[] = [];
      for (const part of [rollForthAndBack, stopBadVersions, rollNaively, replaceEntrances])
        results.push(await part(parts));
      return verdict(results);
    } finally {
      await Promise.all([good.remove(), bad.remove()]);
    }
  },
};

function verdict(results: readonly PartResult[]): CheckResult {
  const loads = results.flatMap(({ loads }) => loads);
  const figures = sumOf(loads);
  const told = loads.map((load) => `${load.what}: ${describeFailures(load)}`);
  const ok = figures.failed === 0 && results.every(({ ok }) => ok);
  return { ok, saw: [...told, ...results.flatMap(({ saw }) => saw)], ...figures };
}
