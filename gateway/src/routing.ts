import {
  chooseUpstream,
  longestFirst,
  matchRoute,
  type Route,
  type RouteTable,
  type Target,
  targetsOf,
} from './route-table.ts';
import { BadRoutes } from './routes-file.ts';
import type { Upstream, UpstreamStatus } from './upstream.ts';

/** Which upstream answers a path, by the route table in use. */
export interface Routing {
  find(path: string): { prefix: string; upstream: Upstream } | undefined;
  /**
   * Takes a table into use. Upstreams that it has in common with the one before keep their connections and
   * circuits; those that it has no more end with their last request.
   * @throws BadRoutes when it differs from the one in use and has the same version
   */
  take(table: RouteTable): Promise<void>;
  status(): { version: number; routes: RouteTable['routes']; upstreams: UpstreamStatus[] };
  close(): void;
}

/** Routing without a route yet; `open` makes an upstream. */
export function createRouting(open: (target: Target) => Promise<Upstream>): Routing {
  let current: RouteTable = { version: -1, routes: [] };
  let ordered: Route[] = [];
  let upstreams = new Map<string, Upstream>();

  const reuseOrOpen = async (table: RouteTable): Promise<Map<string, Upstream>> => {
    const targets = new Map(targetsOf(table.routes).map((target) => [target.name, target]));
    const opened = [...targets].map(async ([name, target]): Promise<[string, Upstream]> => {
      const known = upstreams.get(name);
      if (known?.url !== target.url) return [name, await open(target)];
      void known.pin(target.addresses); // a slow name server does not hold the other routes back
      return [name, known];
    });
    return new Map(await Promise.all(opened));
  };

  const take = async (table: RouteTable): Promise<void> => {
    if (table.version === current.version) {
      if (JSON.stringify(table) === JSON.stringify(current)) return;
      throw new BadRoutes(`The routes file changed and its version is still ${table.version}.`);
    }
    const next = await reuseOrOpen(table);
    const kept = new Set(next.values());
    for (const upstream of upstreams.values()) if (!kept.has(upstream)) upstream.retire();
    current = table;
    ordered = longestFirst(table.routes);
    upstreams = next;
  };

  return {
    find(path) {
      const route = matchRoute(ordered, path);
      const upstream = route && upstreams.get(chooseUpstream(route, Math.random()));
      return route && upstream && { prefix: route.prefix, upstream };
    },
    take,
    status: () => ({ ...current, upstreams: [...upstreams.values()].map((each) => each.status()) }),
    close() {
      for (const upstream of upstreams.values()) upstream.retire();
    },
  };
}
