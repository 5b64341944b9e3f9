import { serviceNames } from '../components/components.ts';
import { Refused, type Site } from '../site.ts';
import { deleteStack } from '../stacks/delete-stack.ts';
import { deployStack } from '../stacks/deploy-stack.ts';
import { everyPath, routesOf, routingStack, sidesOf } from '../traffic/routing.ts';
import { findRunning } from '../traffic/running.ts';

/**
 * Removes the monolith's tasks when no path leads to it any more. Its database stays where services work on it.
 * @returns what stayed, in a sentence
 */
export async function retireMonolith(site: Site): Promise<string> {
  const { stacks, targets } = await findRunning(site);
  const { monolith, ...rest } = targets;
  if (!sidesOf(rest).services) throw new Refused('The services are not up: nobody would answer.');
  const routing = stacks.get('routing');
  const routes = routing && routesOf(routing);
  if (monolith !== undefined && routes?.targets.monolith !== undefined) {
    const left = serviceNames.filter((name) => routes.weights[name] < 100);
    if (left.length > 0)
      throw new Refused(`The monolith still answers ${left.map((name) => `/api/${name}`).join(', ')}.`);
    await deployStack(site, routingStack(rest, everyPath(100)));
  }
  for (const part of ['scaling-monolith', 'service-monolith', 'migration-monolith'])
    await deleteStack(site, part);
  const sharing = serviceNames.filter(
    (name) => stacks.get(`service-${name}`)?.parameters.DataOf === 'monolith',
  );
  if (sharing.length > 0) return `The monolith's database stays: ${sharing.join(', ')} work on it.`;
  await deleteStack(site, 'data-monolith');
  return 'Nothing of the monolith is left.';
}
