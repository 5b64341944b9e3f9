import { runAwaitMigrations } from '@cleave/module-kit/migrated';
import { monolithMigrations } from '../migrations/index.ts';

await runAwaitMigrations(monolithMigrations, process.env);
