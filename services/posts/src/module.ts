import { isReady } from '@cleave/module-kit/database';
import type Router from '@koa/router';
import { type PostsParts, postsRouter } from './posts.router.ts';

export type { PostsTables } from './posts.table.ts';

/** The posts module: its routes. Nobody asks anything else of it in the same process. */
export interface PostsModule {
  router: Router;
  isReady(): Promise<boolean>;
}

export function createPostsModule(parts: PostsParts): PostsModule {
  return { router: postsRouter(parts), isReady: () => isReady(parts.db, 'posts.posts') };
}
