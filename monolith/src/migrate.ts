import { runMigrations } from '@cleave/module-kit/migrate';
import { monolithMigrations } from '../migrations/index.ts';

await runMigrations(monolithMigrations, process.env);
