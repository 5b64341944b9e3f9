import { runAwaitMigrations } from '@cleave/module-kit/migrated';
import { threadsMigrations } from '../migrations/index.ts';

await runAwaitMigrations([threadsMigrations], process.env);
