// 2. Replicas are added and removed under load, and requests are distributed over them.
import type { ServiceName, Topology } from '../../environments/environment.ts';
import { waitUntil } from '../../trial/wait.ts';
import type { Check, CheckContext, CheckResult } from '../check.ts';
import { describeFailures, formatCount, sumOf } from '../count.ts';
import type { LoadResult } from '../load.ts';
import { askServedBy, unevenness } from '../served-by.ts';

/** From an equal share. */
const MOST_UNEVEN = 0.1;
/**
 * New processes are slow until their code is compiled, and the gateway gives less to whoever is slow. The load of some
 * seconds does that, and then as many requests as are counted afterwards.
 */
const WARM_MS = 4_000;

interface Scaled {
  topology: Topology;
  service: ServiceName;
  /** A read that this service answers. */
  path: string;
  /** How many more than at the beginning, one number after the other. */
  steps: readonly number[];
}

const orders: readonly Scaled[] = [
  { topology: 'microservices', service: 'posts', path: '/api/posts?limit=1', steps: [1, 3, 0] },
  { topology: 'monolith-replicated', service: 'monolith', path: '/api/users/1', steps: [1, -1, 0] },
];

const sizes = {
  full: { rate: 150, seconds: 50, asked: 2_400 },
  short: { rate: 60, seconds: 20, asked: 1_200 },
} as const;

export const scale: Check = {
  name: 'scale',
  title: 'distribution over replicas, scaling under load',
  platforms: ['compose', 'swarm', 'kubernetes', 'ecs'],
  topologies: orders.map(({ topology }) => topology),
  short: ['microservices'],
  async run(context): Promise<CheckResult> {
    const results = [];
    for (const order of context.form === 'full' ? orders : orders.slice(0, 1))
      results.push(await scaleUnderLoad(context, order));
    const figures = sumOf(results);
    const saw = results.flatMap((result) => result.saw);
    return { ok: figures.failed === 0 && results.every(({ isEven }) => isEven), saw, ...figures };
  },
};

interface Result {
  requests: number;
  failed: number;
  isEven: boolean;
  saw: string[];
}

async function scaleUnderLoad(context: CheckContext, order: Scaled): Promise<Result> {
  const { topology, service, steps } = order;
  const { rate, seconds } = sizes[context.form];
  const parts = await context.platform.environment.deployment(topology).parts();
  const before = parts.find(({ name }) => name === service)?.replicas.length ?? 0;
  const what = `scale-${topology}`;
  const load = await context.load({ what, topology, rate, seconds }, async ({ startMs, endMs, signal }) => {
    await waitUntil(startMs + 2_000, signal);
    const seen: Step[] = [];
    for (const more of steps) seen.push(await step(context, order, before + more, signal));
    if (Date.now() > endMs) throw new Error(`scaling ${service} took longer than the load`);
    return seen;
  });
  return summed(order, load, load.value);
}

interface Step {
  replicas: number;
  seconds: number;
  counts: readonly number[];
  uneven: number;
  asked: number;
  failed: number;
}

async function step(
  { platform, form, say }: CheckContext,
  { topology, service, path }: Scaled,
  replicas: number,
  signal: AbortSignal,
): Promise<Step> {
  const deployment = platform.environment.deployment(topology);
  const began = performance.now();
  await deployment.scale(service, replicas);
  const seconds = (performance.now() - began) / 1_000;
  await waitUntil(Date.now() + WARM_MS, signal);
  const { asked } = sizes[form];
  const url = `${deployment.baseUrl}${path}`;
  const warm = await askServedBy(url, asked, signal);
  const { counts, failed } = await askServedBy(url, asked, signal);
  const found = [...counts.values()].sort((a, b) => b - a);
  say(
    `${topology}: ${service} at ${replicas} after ${seconds.toFixed(1)} s, answers by replica: ${found.join(', ')}`,
  );
  return {
    replicas,
    seconds,
    counts: found,
    uneven: unevenness(counts),
    asked: 2 * asked,
    failed: failed + warm.failed,
  };
}

function summed({ topology, service }: Scaled, load: LoadResult, steps: readonly Step[]): Result {
  const isEven = steps.every(
    ({ replicas, counts, uneven }) => counts.length === replicas && uneven <= MOST_UNEVEN,
  );
  const asked = sumOf(steps.map(({ asked, failed }) => ({ requests: asked, failed })));
  const told = steps.map(
    ({ replicas, seconds, counts, uneven }) =>
      `${topology}: ${service} scaled to ${replicas} in ${seconds.toFixed(1)} s under load; ` +
      `answers by replica ${counts.map(formatCount).join(', ')}: at most ${(100 * uneven).toFixed(1)} % from an equal share`,
  );
  return {
    ...sumOf([load, asked]),
    isEven,
    saw: [
      ...told,
      `${topology}: ${describeFailures(load)} meanwhile, ${asked.failed} of the ${asked.requests} asked besides`,
    ],
  };
}
