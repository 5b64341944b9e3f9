import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens');
const isOrigin = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(url);
  return protocol === 'http:' && pathname === '/' && [username, password, search, hash].join('') === '';
};

const unique = (values: string[]): boolean => new Set(values).size === values.length;

const upstreamSchema = z.strictObject({
  name,
  url: z.string().refine(isOrigin, 'must be http://host:port and nothing more'),
  /** Where its replicas are, all at the port of `url`; without them the addresses of its host name count. */
  addresses: z
    .array(z.union([z.ipv4(), z.ipv6()], 'must be an IP address'))
    .min(1, 'needs an address')
    .refine((addresses) => unique(addresses), 'has an address twice')
    .optional(),
  /** Its share of the route's requests, in proportion to the others'; 0 is none. */
  weight: z.int().min(0).max(1_000_000),
});

const routeSchema = z.strictObject({
  prefix: z
    .string()
    .regex(/^\/$|^(?:\/[\w.~-]+)+$/, 'must be whole plain path segments, without a slash at the end'),
  upstreams: z
    .array(upstreamSchema)
    .refine((upstreams) => upstreams.some(({ weight }) => weight > 0), 'needs a weight above 0'),
});

/** Routes as data. `version` names their content: whoever changes the one changes the other. */
export const routeTableSchema = z.strictObject({
  version: z.int().min(0),
  routes: z
    .array(routeSchema)
    .refine((routes) => unique(routes.map(({ prefix }) => prefix)), 'has a prefix twice')
    .refine(
      (routes) => targetsOf(routes).every(isSameForItsName),
      'has an upstream with two URLs or two lists of addresses',
    ),
});
export type Route = z.infer<typeof routeSchema>;
export type RouteTable = z.infer<typeof routeTableSchema>;
/** Where an upstream is. */
export type Target = Omit<z.infer<typeof upstreamSchema>, 'weight'>;

/** The upstreams of all routes, as often as they are named. */
export const targetsOf = (routes: readonly Route[]): Target[] =>
  routes.flatMap(({ upstreams }) => upstreams).map(({ weight: _share, ...target }) => target);

const isSameForItsName = (target: Target, _index: number, all: Target[]): boolean =>
  isDeepStrictEqual(
    all.find(({ name }) => name === target.name),
    target,
  );

/** Whether `path`, as it was sent, is `prefix` or lies below it. */
const covers = (prefix: string, path: string): boolean =>
  prefix === '/' ||
  (path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/'));

/** The routes in the order in which `matchRoute` looks through them. */
export const longestFirst = (routes: readonly Route[]): Route[] =>
  routes.toSorted((a, b) => b.prefix.length - a.prefix.length);

/** The route with the longest prefix that covers the raw `path`; `routes` have the longest first. */
export const matchRoute = (routes: readonly Route[], path: string): Route | undefined =>
  routes.find(({ prefix }) => covers(prefix, path));

/** An upstream of `route`, each as often as its weight says; `random` is from 0 up to, not including, 1. */
export function chooseUpstream({ upstreams }: Route, random: number): string {
  const total = upstreams.reduce((sum, { weight }) => sum + weight, 0);
  let rest = random * total;
  for (const { name, weight } of upstreams) {
    rest -= weight;
    if (rest < 0) return name;
  }
  throw new Error('a route has no upstream with a weight above 0');
}
