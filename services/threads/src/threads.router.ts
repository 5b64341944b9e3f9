import { idempotencyKey } from '@cleave/module-kit/idempotency';
import { batchQuery, body, hasBatch, pageQuery, pathId, query } from '@cleave/module-kit/input';
import { sendPage } from '@cleave/module-kit/paging';
import { createModuleRouter, sendCreated } from '@cleave/module-kit/router';
import type Router from '@koa/router';
import type { Kysely } from 'kysely';
import type { DiscussionPort, UsersPort } from './ports.ts';
import { findThreads, listThreads } from './threads.repository.ts';
import { newThreadSchema } from './threads.schema.ts';
import { createThread, noThread, readThread } from './threads.service.ts';
import type { ThreadsTables } from './threads.table.ts';

export interface ThreadsParts {
  db: Kysely<ThreadsTables>;
  users: UsersPort;
  discussions: DiscussionPort;
}

export function threadsRouter({ db, users, discussions }: ThreadsParts): Router {
  const router = createModuleRouter();

  router.get('/api/threads', async (ctx) => {
    if (hasBatch(ctx)) {
      ctx.body = await findThreads(db, query(ctx, batchQuery).id);
      return;
    }
    const page = query(ctx, pageQuery);
    ctx.body = sendPage(ctx, page, await listThreads(db, page));
  });

  router.get('/api/threads/:threadId', async (ctx) => {
    ctx.body = await readThread(db, pathId(ctx));
  });

  router.get('/api/threads/:threadId/discussion', async (ctx) => {
    const id = pathId(ctx);
    const page = query(ctx, pageQuery);
    const discussion = await discussions.read(id, page);
    if (discussion === undefined) throw noThread(id);
    ctx.body = { ...discussion, posts: discussion.posts && sendPage(ctx, page, discussion.posts) };
  });

  router.post('/api/threads', async (ctx) => {
    const key = idempotencyKey(ctx);
    sendCreated(ctx, await createThread(db, users, body(ctx, newThreadSchema), key));
  });

  return router;
}
