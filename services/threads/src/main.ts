import { createAdmission } from '@cleave/admission/admission';
import { createFaults } from '@cleave/faults/faults';
import { greetings } from '@cleave/kit/app';
import { runComponent, startComponent } from '@cleave/kit/component';
import { openDatabase } from '@cleave/module-kit/database';
import { sweepIdempotency } from '@cleave/module-kit/idempotency';
import { createPeer, peerTimeoutMs } from '@cleave/module-kit/peer';
import { existsAt } from '@cleave/module-kit/peer.exists';
import { traced } from '@cleave/tracing';
import { configSchema } from './config.ts';
import { composedDiscussions } from './discussion.composed.ts';
import { createThreadsModule, type ThreadsTables } from './module.ts';

const start = () =>
  startComponent('threads', configSchema, process.env, async ({ config, log, metrics }) => {
    const db = openDatabase<ThreadsTables>(config, 'threads', log, metrics);
    const users = createPeer('users', config.USERS_URL, peerTimeoutMs);
    const posts = createPeer('posts', config.POSTS_URL, peerTimeoutMs);
    const discussions = composedDiscussions({ db, users, posts });
    const threads = createThreadsModule({
      db,
      users: { exists: existsAt(users, '/api/users') },
      discussions,
    });
    const stopSweep = sweepIdempotency(db, 'threads', log);
    const faults = createFaults(config, db);
    return {
      handlers: [...faults.handlers, greetings(), threads.router],
      control: faults.control,
      admission: createAdmission({ config, log, metrics }),
      maxHeaderSize: 32_768,
      isReady: faults.readiness(threads.isReady),
      async close() {
        stopSweep();
        await faults.undo();
        await Promise.all([users.close(), posts.close(), db.destroy()]);
      },
    };
  });

await runComponent(traced('threads', process.env, start));
