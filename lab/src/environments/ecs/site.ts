// One topology as one deployment of `npm run aws`.
import type { Container } from '../compose/containers.ts';
import type { Engine } from '../compose/engine.ts';
import { SEEN_WITHIN_MS } from '../compose/waiting.ts';
import type { PartName, ServiceName, Topology } from '../environment.ts';
import { within } from '../within.ts';
import type { Aws } from './aws-command.ts';
import { containersOf } from './containers.ts';

export interface Site {
  readonly topology: Topology;
  /** Begins the names of all that AWS has of it. */
  readonly name: string;
  /** The load balancer's, without a trailing slash. */
  readonly baseUrl: string;
  readonly engine: Engine;
  readonly aws: Aws;
  /** How many tasks each component is to have. */
  readonly wanted: Map<ServiceName, number>;
}

/** The first of a part's containers. @throws Error when it has none */
export async function firstOf({ engine, name }: Site, part: PartName): Promise<Container> {
  const [first] = await containersOf(engine, name, part);
  if (first === undefined) throw new Error(`${name} has no ${part}`);
  return first;
}

/** Three checks of the load balancer, a start, and what a busy machine adds. */
const SERVES_WITHIN_MS = 180_000;
const LOOK_EVERY_MS = 500;
const ASK_MS = 2_000;

/**
 * Resolves when a component has as many tasks as it is to have, no others, and each has answered through the load
 * balancer.
 */
export async function serves(site: Site, service: ServiceName): Promise<void> {
  const wanted = site.wanted.get(service) ?? 1;
  const isServing = async (): Promise<boolean> => {
    const tasks = await containersOf(site.engine, site.name, service);
    if (tasks.length !== wanted) return false;
    const answered = new Set<string>();
    for (let asked = 0; asked < 4 * wanted; asked += 1) answered.add(await answerer(site.baseUrl, service));
    return tasks.every(({ hostname }) => answered.has(hostname));
  };
  if (await within(SERVES_WITHIN_MS, isServing, LOOK_EVERY_MS)) return;
  throw new Error(`${service} of ${site.name} does not serve with ${wanted} tasks`);
}

/** Who is ready behind the rule that leads to this component; nothing where nobody is. */
async function answerer(baseUrl: string, service: ServiceName): Promise<string> {
  try {
    const answer = await fetch(`${baseUrl}/readyz`, {
      headers: { 'x-cleave-component': service },
      signal: AbortSignal.timeout(ASK_MS),
    });
    await answer.arrayBuffer();
    return answer.ok ? (answer.headers.get('x-served-by') ?? '') : '';
  } catch (error) {
    // refused, reset or late: asked again until the time is over
    if (error instanceof TypeError || (error instanceof Error && error.name === 'TimeoutError')) return '';
    throw error;
  }
}

/** Resolves when all tasks of a component are of one image: those of the version before end a while after it. */
export async function haveOneImage(engine: Engine, name: string, service: ServiceName): Promise<void> {
  const isOne = async (): Promise<boolean> =>
    new Set((await containersOf(engine, name, service)).map(({ image }) => image)).size <= 1;
  if (await within(12 * SEEN_WITHIN_MS, isOne, LOOK_EVERY_MS)) return;
  throw new Error(`tasks of ${service} of ${name} from before the rollout do not end`);
}
