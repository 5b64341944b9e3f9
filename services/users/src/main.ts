import { createAdmission } from '@cleave/admission/admission';
import { createFaults } from '@cleave/faults/faults';
import { greetings } from '@cleave/kit/app';
import { runComponent, startComponent } from '@cleave/kit/component';
import { openDatabase } from '@cleave/module-kit/database';
import { sweepIdempotency } from '@cleave/module-kit/idempotency';
import { traced } from '@cleave/tracing';
import { configSchema } from './config.ts';
import { createUsersModule, type UsersTables } from './module.ts';

const start = () =>
  startComponent('users', configSchema, process.env, async ({ config, log, metrics }) => {
    const db = openDatabase<UsersTables>(config, 'users', log, metrics);
    const users = createUsersModule({ db });
    const stopSweep = sweepIdempotency(db, 'users', log);
    const faults = createFaults(config, db);
    return {
      handlers: [...faults.handlers, greetings(), users.router],
      control: faults.control,
      admission: createAdmission({ config, log, metrics }),
      maxHeaderSize: 32_768,
      isReady: faults.readiness(users.isReady),
      async close() {
        stopSweep();
        await faults.undo();
        await db.destroy();
      },
    };
  });

await runComponent(traced('users', process.env, start));
