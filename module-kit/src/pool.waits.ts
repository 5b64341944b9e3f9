import { waited } from '@cleave/admission/waited';
import type { Pool } from 'pg';
import type { Connections } from './named-statements.ts';

/**
 * The pool, telling how long each request waited that got a connection after another had used it. Who gets none is
 * not told of: then the database is down, not busy, and fewer requests would not help.
 */
export const tellingWaits = (pool: Pool): Connections => ({
  options: pool.options,
  end: () => pool.end(),
  async connect() {
    const isBusy = pool.idleCount === 0 && pool.totalCount === pool.options.max;
    const begun = performance.now();
    const client = await pool.connect();
    waited.publish(isBusy ? performance.now() - begun : 0);
    return client;
  },
});
