import { runMigrations } from '@cleave/module-kit/migrate';
import { postsMigrations } from '../migrations/index.ts';

await runMigrations([postsMigrations], process.env);
