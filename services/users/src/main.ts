import { greetings } from '@cleave/kit/app';
import { runComponent, startComponent } from '@cleave/kit/component';
import { openDatabase } from '@cleave/module-kit/database';
import { sweepIdempotency } from '@cleave/module-kit/idempotency';
import { configSchema } from './config.ts';
import { createUsersModule, type UsersTables } from './module.ts';

await runComponent(() =>
  startComponent('users', configSchema, process.env, async ({ config, log, metrics }) => {
    const db = openDatabase<UsersTables>(config, 'users', log, metrics);
    const users = createUsersModule({ db });
    const stopSweep = sweepIdempotency(db, 'users', log);
    return {
      handlers: [greetings(), users.router],
      maxHeaderSize: 32_768,
      isReady: users.isReady,
      async close() {
        stopSweep();
        await db.destroy();
      },
    };
  }),
);
