import type { Module } from '../environments/environment.ts';
import { atOnce, type Fault } from './fault.ts';

export const surgeTimes = 10;

/** The route of each module that the surge is on: its most frequent read in the mix. */
export const surgeRoutes: Record<Module, string> = {
  users: 'GET /api/users/:userId',
  threads: 'GET /api/threads/:threadId',
  posts: 'GET /api/posts/in-thread/:threadId',
};

/** Comes from the load generator, in the seconds of the fault; that it came is counted in the samples. */
export const surge: Fault = {
  name: 'surge',
  label: 'under a surge',
  how: `${surgeTimes} times the requests for its most frequent route, from half the usual rate so that the generator has room`,
  countsFrom: 'order',
  leadSeconds: atOnce,
  startsAnew: false,
  apply: async ({ module }) => ({
    evidence: `${surgeTimes} times ${surgeRoutes[module]}`,
    check: async () => 'counted in the samples',
    remove: async () => undefined,
  }),
};
