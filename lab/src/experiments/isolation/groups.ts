// Routes pooled by whose code answers them.
import type { Module } from '../../environments/environment.ts';

/** The one read that needs all modules, and may come with a part missing. */
export const discussion = 'discussion';
/** What a fault in posts should leave alone: routes of users and of threads, without the discussion. */
export const spared = 'users and threads';
export const everything = 'all routes';

/** Groups in the order in which a report shows them. */
export const shownGroups = ['users', 'threads', discussion, 'posts'] as const;
const groups: readonly string[] = [...shownGroups, spared, everything];

export const isGroup = (name: string): boolean => groups.includes(name);

const moduleOf = (route: string): Module | undefined => {
  const name = /\/api\/([a-z]+)/.exec(route)?.[1];
  return name === 'users' || name === 'threads' || name === 'posts' ? name : undefined;
};

/** The groups that a route ("GET /api/users/:userId") is pooled in. */
export const groupsOf = (route: string): readonly string[] => {
  if (route.endsWith('/discussion')) return [discussion, everything];
  const module = moduleOf(route);
  if (module === undefined) return [everything];
  return module === 'posts' ? [module, everything] : [module, spared, everything];
};

/** Whether a fault in `module` should leave a route or group alone when every module has its own process. */
export const isSpared = (route: string, module: Module): boolean => {
  if (isGroup(route) || route.endsWith('/discussion')) return false;
  const own = moduleOf(route);
  return own !== undefined && own !== module;
};
