import { type ServiceName, serviceNames, titled } from '../components/components.ts';
import { Refused } from '../site.ts';
import type { WantedStack } from '../stacks/deploy-stack.ts';
import type { Stack } from '../stacks/stack.ts';

/** Of a hundred requests to each path, those that its service answers; the monolith answers the rest. */
export type Weights = Readonly<Record<ServiceName, number>>;

export const everyPath = (weight: number): Weights => ({ users: weight, threads: weight, posts: weight });

/** Who runs, as far as the routes are concerned. */
export interface Running {
  monolith: boolean;
  services: boolean;
}

export const routingStack = (running: Running, weights: Weights): WantedStack => ({
  part: 'routing',
  template: 'routing',
  parameters: {
    Monolith: String(running.monolith),
    Services: String(running.services),
    ...Object.fromEntries(
      serviceNames.flatMap((name) => [
        [`${titled(name)}ToService`, String(weights[name])],
        [`${titled(name)}ToMonolith`, String(100 - weights[name])],
      ]),
    ),
  },
});

/** What the routes are now. */
export function routesOf({ parameters }: Stack): { running: Running; weights: Weights } {
  const weightOf = (name: ServiceName) => Number(parameters[`${titled(name)}ToService`] ?? 0);
  return {
    running: { monolith: parameters.Monolith === 'true', services: parameters.Services === 'true' },
    weights: { users: weightOf('users'), threads: weightOf('threads'), posts: weightOf('posts') },
  };
}

/**
 * The weights when `running` runs: as they were where both ran before. Who joins gets no traffic yet.
 * @param before the stack of the routes, if there was one
 */
export function weightsFor(running: Running, before: Stack | undefined): Weights {
  if (!running.monolith) return everyPath(100);
  if (!running.services || before === undefined) return everyPath(0);
  const { running: ran, weights } = routesOf(before);
  if (ran.monolith && ran.services) return weights;
  return everyPath(ran.services ? 100 : 0);
}

/** Whose path it is. @throws Refused when it is none of the three */
export function serviceAt(path: string): ServiceName {
  const found = serviceNames.find((name) => path === `/api/${name}`);
  if (found === undefined)
    throw new Refused(`${path} is none of ${serviceNames.map((n) => `/api/${n}`).join(', ')}.`);
  return found;
}
