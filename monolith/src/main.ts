import { createAdmission } from '@cleave/admission/admission';
import { createFaults } from '@cleave/faults/faults';
import { serveForum } from '@cleave/forum';
import { greetings } from '@cleave/kit/app';
import { runComponent, startComponent } from '@cleave/kit/component';
import { openDatabase } from '@cleave/module-kit/database';
import { sweepIdempotency } from '@cleave/module-kit/idempotency';
import { createPostsModule } from '@cleave/posts';
import { createThreadsModule } from '@cleave/threads';
import { traced } from '@cleave/tracing';
import { createUsersModule } from '@cleave/users';
import { configSchema } from './config.ts';
import { joinedDiscussions } from './discussion.joined.ts';
import type { Tables } from './tables.ts';

const start = () =>
  startComponent('monolith', configSchema, process.env, async ({ config, log, metrics }) => {
    const db = openDatabase<Tables>(config, 'monolith', log, metrics);
    const users = createUsersModule({ db });
    const threads = createThreadsModule({ db, users, discussions: joinedDiscussions(db) });
    const posts = createPostsModule({ db, threads, users });
    const modules = [users, threads, posts];
    const stopSweeps = ['users', 'threads', 'posts'].map((schema) => sweepIdempotency(db, schema, log));
    const areReady = async () =>
      (await Promise.all(modules.map((module) => module.isReady()))).every(Boolean);
    const faults = createFaults(config, db);
    return {
      handlers: [...faults.handlers, greetings(), serveForum(), ...modules.map((module) => module.router)],
      control: faults.control,
      admission: createAdmission({ config, log, metrics }),
      maxHeaderSize: 16_384,
      isReady: faults.readiness(areReady),
      async close() {
        for (const stop of stopSweeps) stop();
        await faults.undo();
        await db.destroy();
      },
    };
  });

await runComponent(traced('monolith', process.env, start));
