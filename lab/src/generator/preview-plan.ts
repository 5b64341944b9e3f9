// The order of the preview's requests: the declared mix, as in load/request.ts.
import { cycleOf, turnOf } from '@cleave/load/cycle';
import { type Message, mix, type Route } from '@cleave/load/mix';
import type { Targets } from '@cleave/load/turn';

/** One request to come. `unique` is its idempotency key. */
export type Planned = { route: Route; message: Message; unique: string };

/** `own` takes the ids of posts that have been created, for the plan to delete. */
export type Plan = { next: () => Planned; own: number[]; planned: () => number };

/** The plan of one run over these lines of the mix; every connection takes its next request from it. */
export const planOf = (targets: Targets, seed: number, routes: readonly Route[] = mix): Plan => {
  const cycle = cycleOf(routes.map((route) => route.weight));
  const own: number[] = [];
  let n = 0;
  const next = (): Planned => {
    const { index, rank } = turnOf(cycle, n);
    const route = routes[index];
    if (!route) throw new Error(`turn ${n} is not in the mix`);
    const unique = `${targets.run}-0-${n}`;
    const message = route.message({ seed, n, rank, unique, targets, own });
    n++;
    return { route, message, unique };
  };
  return { next, own, planned: () => n };
};
