import { runAwaitMigrations } from '@cleave/module-kit/migrated';
import { postsMigrations } from '../migrations/index.ts';

await runAwaitMigrations([postsMigrations], process.env);
