import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const read = (module: string): unknown =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, `../../services/${module}/migrations/seed.json`), 'utf8'),
  );

const users = z.array(z.object({ id: z.int(), username: z.string(), name: z.string(), bio: z.string() }));
const threads = z
  .array(z.object({ id: z.int(), title: z.string(), created_by: z.int() }))
  .transform((rows) => rows.map(({ id, title, created_by }) => ({ id, title, createdBy: created_by })));
const posts = z.array(z.object({ id: z.int(), thread: z.int(), text: z.string(), user: z.int() }));

/** What every fresh database has, with its members in the order in which they are sent. */
export const seed = {
  users: users.parse(read('users')),
  threads: threads.parse(read('threads')),
  posts: posts.parse(read('posts')),
};
