import { idempotencyGrant } from '@cleave/module-kit/idempotency.migration';
import type { SchemaMigrations } from '@cleave/module-kit/migrate';
import * as posts from './0001-posts.ts';
import * as seed from './0002-seed.ts';

export const postsMigrations: SchemaMigrations = {
  schema: 'posts',
  migrations: { '0001-posts': posts, '0002-seed': seed },
  grants: { posts: 'select, insert, delete', idempotency: idempotencyGrant },
};
