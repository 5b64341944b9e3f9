import { idempotencyKey } from '@cleave/module-kit/idempotency';
import { batchQuery, body, hasBatch, pageQuery, pathId, query } from '@cleave/module-kit/input';
import { sendPage } from '@cleave/module-kit/paging';
import { createModuleRouter, sendCreated } from '@cleave/module-kit/router';
import type Router from '@koa/router';
import type { Kysely } from 'kysely';
import { findUsers, listUsers } from './users.repository.ts';
import { newUserSchema, userChangesSchema } from './users.schema.ts';
import { changeUser, createUser, readUser } from './users.service.ts';
import type { UsersTables } from './users.table.ts';

export function usersRouter(db: Kysely<UsersTables>): Router {
  const router = createModuleRouter();

  router.get('/api/users', async (ctx) => {
    if (hasBatch(ctx)) {
      ctx.body = await findUsers(db, query(ctx, batchQuery).id);
      return;
    }
    const page = query(ctx, pageQuery);
    ctx.body = sendPage(ctx, page, await listUsers(db, page));
  });

  router.get('/api/users/:userId', async (ctx) => {
    ctx.body = await readUser(db, pathId(ctx));
  });

  router.post('/api/users', async (ctx) => {
    const key = idempotencyKey(ctx);
    sendCreated(ctx, await createUser(db, body(ctx, newUserSchema), key));
  });

  router.patch('/api/users/:userId', async (ctx) => {
    const id = pathId(ctx);
    ctx.body = await changeUser(db, id, body(ctx, userChangesSchema));
  });

  return router;
}
