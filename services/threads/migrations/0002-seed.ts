import { seedTable } from '@cleave/module-kit/seed';
import type { Kysely } from 'kysely';
import threads from './seed.json' with { type: 'json' };

export const up = (db: Kysely<unknown>): Promise<void> => seedTable(db, 'threads.threads', threads);
