import { coalesce } from '@cleave/module-kit/coalesce';
import type { Peer } from '@cleave/module-kit/peer';
import { z } from 'zod';
import type { Author } from './discussion.schema.ts';

const usersAnswer = z.array(z.object({ id: z.int(), username: z.string(), name: z.string() }));
const maxBatch = 1_000;

/**
 * The users of some ids that exist. Discussions that ask in the same turn of the event loop share one request, which
 * bears the id of the first.
 * @throws Unavailable, TooSlow
 */
export const findAuthors = coalesce(async (users: Peer, ids): Promise<Map<number, Author>> => {
  const batches = Array.from({ length: Math.ceil(ids.length / maxBatch) }, (_, i) =>
    users.get(`/api/users?id=${ids.slice(i * maxBatch, (i + 1) * maxBatch).join(',')}`),
  );
  const rows = (await Promise.all(batches)).flatMap(({ body }) => usersAnswer.parse(body));
  return new Map(rows.map(({ id, username, name }) => [id, { id, username, name }]));
});
