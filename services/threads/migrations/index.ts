import { idempotencyGrant } from '@cleave/module-kit/idempotency.migration';
import type { SchemaMigrations } from '@cleave/module-kit/migrate';
import * as threads from './0001-threads.ts';
import * as seed from './0002-seed.ts';

export const threadsMigrations: SchemaMigrations = {
  schema: 'threads',
  migrations: { '0001-threads': threads, '0002-seed': seed },
  grants: { threads: 'select, insert', idempotency: idempotencyGrant },
};
