/** Routes whose own component stays up while posts is broken. */
export const spared = 'users and threads';
/** Routes of the component that is broken. */
export const struck = 'posts';
export const everything = 'all routes';

/** Groups in the order in which a report shows them. */
export const groups = [spared, struck, everything] as const;

/** The groups that a route ("GET /api/users/:userId") is pooled in. */
export const groupsOf = (route: string): string[] => {
  const module = /\/api\/([a-z]+)/.exec(route)?.[1];
  if (module === 'posts') return [struck, everything];
  return module === 'users' || module === 'threads' ? [spared, everything] : [everything];
};

const moduleOrder = ['users', 'threads', 'posts'];
const rank = (route: string): number => {
  const found = moduleOrder.findIndex((module) => route.includes(`/api/${module}`));
  return found === -1 ? moduleOrder.length : found;
};

/** Orders routes by module (users, threads, posts), reads before writes, then by name. */
export const compareRoutes = (a: string, b: string): number => {
  const reads = (route: string): number => (route.startsWith('GET ') ? 0 : 1);
  return rank(a) - rank(b) || reads(a) - reads(b) || a.localeCompare(b, 'en');
};
