import type { SchemaMigrations } from '@cleave/module-kit/migrate';
import { postsMigrations } from '@cleave/posts/migrations';
import { threadsMigrations } from '@cleave/threads/migrations';
import { usersMigrations } from '@cleave/users/migrations';
import * as foreignKeys from './0001-foreign-keys.ts';

/** The three modules' migrations, then what ties them together. */
export const monolithMigrations: SchemaMigrations[] = [
  usersMigrations,
  threadsMigrations,
  postsMigrations,
  { schema: 'monolith', migrations: { '0001-foreign-keys': foreignKeys }, grants: {} },
];
