import { isReady } from '@cleave/module-kit/database';
import type Router from '@koa/router';
import type { Kysely } from 'kysely';
import { findUser } from './users.repository.ts';
import { usersRouter } from './users.router.ts';
import type { UsersTables } from './users.table.ts';

export type { UsersTables } from './users.table.ts';

/** The users module: its routes, and what other modules may ask of it in the same process. */
export interface UsersModule {
  router: Router;
  exists(id: number): Promise<boolean>;
  isReady(): Promise<boolean>;
}

export function createUsersModule({ db }: { db: Kysely<UsersTables> }): UsersModule {
  return {
    router: usersRouter(db),
    exists: async (id) => (await findUser(db, id)) !== undefined,
    isReady: () => isReady(db, 'users.users'),
  };
}
