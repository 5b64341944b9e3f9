import { Refused, type Site } from '../site.ts';
import { deployStack } from '../stacks/deploy-stack.ts';
import type { Seen } from '../traffic/probe.ts';
import {
  routesOf,
  routingStack,
  serviceAt,
  sidesOf,
  type Targets,
  type Weights,
} from '../traffic/routing.ts';
import { findRunning } from '../traffic/running.ts';
import { type Objectives, watch } from '../traffic/watch.ts';

/**
 * Leads `weight` of a hundred requests to `path` to its service, and watches it. When the path fails or is slow, the
 * weights go back by themselves.
 * @throws Refused when nothing can be shifted, or when the weights went back
 */
export async function shift(site: Site, path: string, weight: number, objectives: Objectives): Promise<Seen> {
  const service = serviceAt(path);
  const { stacks } = await findRunning(site);
  const routing = stacks.get('routing');
  if (routing === undefined) throw new Refused('Nothing is up: npm run aws -- up comes first.');
  const { targets, weights } = routesOf(routing);
  const sides = sidesOf(targets);
  if (!sides.monolith || !sides.services)
    throw new Refused('A path can be shifted while both the monolith and the services are up.');
  if (stacks.get(`service-${service}`)?.parameters.DataOf !== 'monolith')
    throw new Refused(`${service} has a database of its own: what one side writes the other would not see.`);
  await lead(site, targets, { ...weights, [service]: weight });
  site.say(
    `${path}: ${weight} % to ${service}, ${100 - weight} % to the monolith. Watching ${objectives.seconds} s.`,
  );
  const url = `${stacks.get('edge')?.outputs.Url}${path}?limit=1`;
  const { seen, wrong } = await watch(site, url, objectives);
  if (wrong === undefined) return seen;
  await lead(site, targets, weights);
  throw new Refused(`${wrong} ${path} went back to ${weights[service]} %.`);
}

const lead = (site: Site, targets: Targets, weights: Weights) =>
  deployStack(site, routingStack(targets, weights));
