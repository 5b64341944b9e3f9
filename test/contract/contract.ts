import { after, describe } from 'node:test';
import { createApi, type Target } from './api.ts';
import { bodies } from './bodies.ts';
import { discussion } from './discussion.ts';
import { headers } from './headers.ts';
import { idempotency } from './idempotency.ts';
import { methodsOf } from './methods.ts';
import { paging } from './paging.ts';
import { paths } from './paths.ts';
import { reads } from './reads.ts';
import { sockets } from './sockets.ts';
import { text } from './text.ts';
import { writes } from './writes.ts';

const topics = [
  reads,
  writes,
  paging,
  discussion,
  idempotency,
  text,
  bodies,
  paths,
  methodsOf,
  headers,
  sockets,
];

/**
 * Registers the contract suite for one topology. It relies on the seeded rows, makes all others itself, and so may be
 * run again and again on a database with any further rows.
 */
export function contract(target: Target, note = ''): void {
  describe(`the contract at the ${target.topology}${note}`, () => {
    const api = createApi(target);
    after(() => api.close());
    for (const topic of topics) topic(api);
  });
}
