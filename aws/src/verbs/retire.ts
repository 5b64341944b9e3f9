import { serviceNames } from '../components/components.ts';
import { Refused, type Site } from '../site.ts';
import { deleteStack } from '../stacks/delete-stack.ts';
import { deployStack } from '../stacks/deploy-stack.ts';
import { everyPath, routesOf, routingStack } from '../traffic/routing.ts';
import { findRunning } from '../traffic/running.ts';

/**
 * Removes the monolith's tasks when no path leads to it any more. Its database stays where services work on it.
 * @returns what stayed, in a sentence
 */
export async function retireMonolith(site: Site): Promise<string> {
  const { stacks, services } = await findRunning(site);
  if (!services) throw new Refused('The services are not up: nobody would answer.');
  const routing = stacks.get('routing');
  if (routing && routesOf(routing).running.monolith) {
    const { weights } = routesOf(routing);
    const left = serviceNames.filter((name) => weights[name] < 100);
    if (left.length > 0)
      throw new Refused(`The monolith still answers ${left.map((n) => `/api/${n}`).join(', ')}.`);
    await deployStack(site, routingStack({ monolith: false, services: true }, everyPath(100)));
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
