import { idempotencyKey } from '@cleave/module-kit/idempotency';
import { batchQuery, body, hasBatch, pageQuery, pathId, query } from '@cleave/module-kit/input';
import { sendPage } from '@cleave/module-kit/paging';
import { createModuleRouter, sendCreated } from '@cleave/module-kit/router';
import type Router from '@koa/router';
import type { Kysely } from 'kysely';
import { findPosts, listPosts, listPostsOf } from './posts.repository.ts';
import { newPostSchema } from './posts.schema.ts';
import { createPost, type References, removePost } from './posts.service.ts';
import type { PostsTables } from './posts.table.ts';

export type PostsParts = References & { db: Kysely<PostsTables> };

export function postsRouter({ db, ...references }: PostsParts): Router {
  const router = createModuleRouter();

  router.get('/api/posts', async (ctx) => {
    if (hasBatch(ctx)) {
      ctx.body = await findPosts(db, query(ctx, batchQuery).id);
      return;
    }
    const page = query(ctx, pageQuery);
    ctx.body = sendPage(ctx, page, await listPosts(db, page));
  });

  router.get('/api/posts/in-thread/:threadId', async (ctx) => {
    const thread = pathId(ctx);
    const page = query(ctx, pageQuery);
    ctx.body = sendPage(ctx, page, await listPostsOf(db, 'thread', thread, page));
  });

  router.get('/api/posts/by-user/:userId', async (ctx) => {
    const user = pathId(ctx);
    const page = query(ctx, pageQuery);
    ctx.body = sendPage(ctx, page, await listPostsOf(db, 'user', user, page));
  });

  router.post('/api/posts', async (ctx) => {
    const key = idempotencyKey(ctx);
    sendCreated(ctx, await createPost(db, references, body(ctx, newPostSchema), key));
  });

  router.delete('/api/posts/:postId', async (ctx) => {
    await removePost(db, pathId(ctx));
    ctx.status = 204;
  });

  return router;
}
