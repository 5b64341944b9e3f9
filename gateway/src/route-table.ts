import { z } from 'zod';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'must be lower-case letters, digits and hyphens');
const isOrigin = (url: string): boolean => {
  if (!URL.canParse(url)) return false;
  const { protocol, username, password, pathname, search, hash } = new URL(url);
  return protocol === 'http:' && pathname === '/' && [username, password, search, hash].join('') === '';
};

const upstreamSchema = z.strictObject({
  name,
  url: z.string().refine(isOrigin, 'must be http://host:port and nothing more'),
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

const unique = (values: string[]): boolean => new Set(values).size === values.length;
const urlsByName = (routes: Route[]): string[] => [
  ...new Set(routes.flatMap(({ upstreams }) => upstreams).map((each) => `${each.name} ${each.url}`)),
];

/** Routes as data. `version` names their content: whoever changes the one changes the other. */
export const routeTableSchema = z.strictObject({
  version: z.int().min(0),
  routes: z
    .array(routeSchema)
    .refine((routes) => unique(routes.map(({ prefix }) => prefix)), 'has a prefix twice')
    .refine(
      (routes) => unique(urlsByName(routes).map((each) => each.split(' ', 1).join(''))),
      'has an upstream with two URLs',
    ),
});
export type Route = z.infer<typeof routeSchema>;
export type RouteTable = z.infer<typeof routeTableSchema>;

/** Whether `path`, as it was sent, is `prefix` or lies below it. */
const covers = (prefix: string, path: string): boolean =>
  prefix === '/' || path === prefix || path.startsWith(`${prefix}/`);

/** The route with the longest prefix that covers the raw `path`. */
export function matchRoute(routes: readonly Route[], path: string): Route | undefined {
  const covering = routes.filter(({ prefix }) => covers(prefix, path));
  return covering.sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

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
