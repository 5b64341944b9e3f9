import { runMigrations } from '@cleave/module-kit/migrate';
import { threadsMigrations } from '../migrations/index.ts';

await runMigrations([threadsMigrations], process.env);
