import {
  type ComponentName,
  componentNames,
  type ServiceName,
  serviceNames,
  titled,
} from '../components/components.ts';
import { Refused } from '../site.ts';
import type { WantedStack } from '../stacks/deploy-stack.ts';
import type { Stack } from '../stacks/stack.ts';

/** Of a hundred requests to each path, those that its service answers; the monolith answers the rest. */
export type Weights = Readonly<Record<ServiceName, number>>;

export const everyPath = (weight: number): Weights => ({ users: weight, threads: weight, posts: weight });

/** The target groups of the components that run. */
export type Targets = Readonly<Partial<Record<ComponentName, string>>>;

/** Which sides can answer; a side of the services is all three. */
export const sidesOf = (targets: Targets): { monolith: boolean; services: boolean } => ({
  monolith: targets.monolith !== undefined,
  services: serviceNames.every((name) => targets[name] !== undefined),
});

export const routingStack = (targets: Targets, weights: Weights): WantedStack => ({
  part: 'routing',
  template: 'routing',
  parameters: Object.fromEntries([
    ...componentNames.map((name) => [`${titled(name)}Targets`, targets[name] ?? '']),
    ...serviceNames.flatMap((name) => [
      [`${titled(name)}ToService`, String(weights[name])],
      [`${titled(name)}ToMonolith`, String(100 - weights[name])],
    ]),
  ]),
});

/** What the routes are now. */
export function routesOf({ parameters }: Stack): { targets: Targets; weights: Weights } {
  const weightOf = (name: ServiceName) => Number(parameters[`${titled(name)}ToService`] ?? 0);
  const targets = componentNames.flatMap((name) => {
    const target = parameters[`${titled(name)}Targets`];
    return target ? [[name, target] as const] : [];
  });
  return {
    targets: Object.fromEntries(targets),
    weights: { users: weightOf('users'), threads: weightOf('threads'), posts: weightOf('posts') },
  };
}

/**
 * The weights when `targets` run: as they were where both sides ran before. Who joins gets no traffic yet.
 * @param before the stack of the routes, if there was one
 */
export function weightsFor(targets: Targets, before: Stack | undefined): Weights {
  const { monolith, services } = sidesOf(targets);
  if (!monolith) return everyPath(100);
  if (!services || before === undefined) return everyPath(0);
  const routes = routesOf(before);
  const ran = sidesOf(routes.targets);
  if (ran.monolith && ran.services) return routes.weights;
  return everyPath(ran.services ? 100 : 0);
}

/** Whose path it is. @throws Refused when it is none of the three */
export function serviceAt(path: string): ServiceName {
  const found = serviceNames.find((name) => path === `/api/${name}`);
  if (found === undefined)
    throw new Refused(`${path} is none of ${serviceNames.map((n) => `/api/${n}`).join(', ')}.`);
  return found;
}
