import { runMigrations } from '@cleave/module-kit/migrate';
import { usersMigrations } from '../migrations/index.ts';

await runMigrations([usersMigrations], process.env);
