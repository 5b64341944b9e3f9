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
import { createPostsModule, type PostsTables } from './module.ts';

const start = () =>
  startComponent('posts', configSchema, process.env, async ({ config, log, metrics }) => {
    const db = openDatabase<PostsTables>(config, 'posts', log, metrics);
    const threads = createPeer('threads', config.THREADS_URL, peerTimeoutMs);
    const users = createPeer('users', config.USERS_URL, peerTimeoutMs);
    const posts = createPostsModule({
      db,
      threads: { exists: existsAt(threads, '/api/threads') },
      users: { exists: existsAt(users, '/api/users') },
    });
    const stopSweep = sweepIdempotency(db, 'posts', log);
    const faults = createFaults(config, db);
    return {
      handlers: [...faults.handlers, greetings(), posts.router],
      control: faults.control,
      admission: createAdmission({ config, log, metrics }),
      maxHeaderSize: 32_768,
      isReady: faults.readiness(posts.isReady),
      async close() {
        stopSweep();
        await faults.undo();
        await Promise.all([threads.close(), users.close(), db.destroy()]);
      },
    };
  });

await runComponent(traced('posts', process.env, start));
