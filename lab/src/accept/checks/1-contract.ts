// 1. The contract holds at both topologies, and both answer alike.
import { join } from 'node:path';
import type { Check, CheckContext, CheckResult } from '../check.ts';
import { forgetNewRows, lastIdsOf } from '../seeded-rows.ts';
import { runSuite, type SuiteRun } from '../suite.ts';

/** The contract first: it adds rows, which can be taken away again; the other changes what was seeded. */
const suites = [
  { title: 'contract suite', file: 'test/contract/at-urls.ts' },
  { title: 'differential suite', file: 'test/differential/at-urls.ts' },
];
const compared = ['monolith', 'microservices'] as const;
/** Generated requests of the differential suite. */
const REQUESTS = { full: '2500', short: '1000' } as const;

export const contract: Check = {
  name: 'contract',
  title: 'contract and differential suites',
  platforms: ['compose', 'swarm', 'kubernetes', 'ecs'],
  topologies: compared,
  async run(context): Promise<CheckResult> {
    const { platform } = context;
    const saw: string[] = [];
    let ok = true;
    const seeded = await Promise.all(compared.map((topology) => lastIdsOf(platform, topology)));
    for (const { title, file } of suites) {
      const run = await runAt(context, title, file);
      ok &&= run.exitCode === 0 && run.tests > 0 && run.passed === run.tests;
      saw.push(`${title}: ${run.passed} of ${run.tests} tests passed${broken(run)}`);
      for (const [at, topology] of compared.entries())
        await forgetNewRows(platform, topology, seeded[at] ?? new Map());
    }
    return { ok, saw };
  },
};

function runAt({ platform, folder, form, signal, say }: CheckContext, title: string, file: string) {
  const urlOf = (topology: 'monolith' | 'microservices'): string =>
    platform.environment.deployment(topology).baseUrl;
  const env = {
    CONTRACT_MONOLITH_URL: urlOf('monolith'),
    CONTRACT_MICROSERVICES_URL: urlOf('microservices'),
    DIFFERENTIAL_REQUESTS: REQUESTS[form],
    ...(platform.answersItself !== undefined && { DIFFERENTIAL_BEHIND_BALANCER: 'yes' }),
  };
  const log = join(folder, `${title.replace(' ', '-')}.log`);
  say(`the ${title} runs; its output: ${log}`);
  return runSuite(file, { env, log, without: platform.answersItself }, signal);
}

const broken = ({ failed, log }: SuiteRun): string =>
  failed.length === 0 ? '' : `; not: ${failed.slice(0, 5).join('; ')} (see ${log})`;
