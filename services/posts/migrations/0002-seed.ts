import { seedTable } from '@cleave/module-kit/seed';
import type { Kysely } from 'kysely';
import posts from './seed.json' with { type: 'json' };

export const up = (db: Kysely<unknown>): Promise<void> => seedTable(db, 'posts.posts', posts);
