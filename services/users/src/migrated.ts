import { runAwaitMigrations } from '@cleave/module-kit/migrated';
import { usersMigrations } from '../migrations/index.ts';

await runAwaitMigrations([usersMigrations], process.env);
