import { idempotencyGrant } from '@cleave/module-kit/idempotency.migration';
import type { SchemaMigrations } from '@cleave/module-kit/migrate';
import * as users from './0001-users.ts';
import * as seed from './0002-seed.ts';

export const usersMigrations: SchemaMigrations = {
  schema: 'users',
  migrations: { '0001-users': users, '0002-seed': seed },
  grants: { users: 'select, insert, update', idempotency: idempotencyGrant },
};
