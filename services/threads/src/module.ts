import { isReady } from '@cleave/module-kit/database';
import type Router from '@koa/router';
import { findThread } from './threads.repository.ts';
import { type ThreadsParts, threadsRouter } from './threads.router.ts';

export type { DiscussionPort } from './ports.ts';
export type { ThreadsTables } from './threads.table.ts';

/** The threads module: its routes, and what other modules may ask of it in the same process. */
export interface ThreadsModule {
  router: Router;
  exists(id: number): Promise<boolean>;
  isReady(): Promise<boolean>;
}

export function createThreadsModule(parts: ThreadsParts): ThreadsModule {
  return {
    router: threadsRouter(parts),
    exists: async (id) => (await findThread(parts.db, id)) !== undefined,
    isReady: () => isReady(parts.db, 'threads.threads'),
  };
}
