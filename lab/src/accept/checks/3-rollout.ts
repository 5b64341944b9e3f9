// 3. Rollouts and rollbacks under a constant arrival rate, by one command each; and what happens without the care.
import { randomBytes } from 'node:crypto';
import type { Check, CheckResult } from '../check.ts';
import { describeFailures, sumOf } from '../count.ts';
import { stopBadVersions } from '../rollout/bad-versions.ts';
import { replaceEntrances } from '../rollout/entrances.ts';
import { rollForthAndBack } from '../rollout/forth-and-back.ts';
import { rollNaively } from '../rollout/naive.ts';
import type { PartResult } from '../rollout/parts.ts';
import { makeVersions } from '../versions.ts';

const parts = {
  full: [rollForthAndBack, stopBadVersions, rollNaively, replaceEntrances],
  short: [rollForthAndBack, stopBadVersions, rollNaively],
};

const wanted = [
  ['posts', 'next'],
  ['monolith', 'next'],
  ['gateway', 'next'],
  ['posts', 'never-ready'],
  ['posts', 'crashes'],
] as const;

export const rollout: Check = {
  name: 'rollout',
  title: 'rollout and rollback under load',
  platforms: ['compose', 'swarm', 'kubernetes', 'ecs'],
  topologies: ['monolith', 'microservices', 'monolith-replicated'],
  short: ['microservices'],
  async run(context): Promise<CheckResult> {
    const mark = randomBytes(3).toString('hex');
    const versions = await makeVersions(context.platform.images, wanted, mark);
    try {
      const results: PartResult[] = [];
      for (const part of parts[context.form]) results.push(await part({ context, versions }));
      return verdict(results);
    } finally {
      await versions.remove();
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
