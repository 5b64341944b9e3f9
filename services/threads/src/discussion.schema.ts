import { id } from '@cleave/module-kit/input';
import { z } from 'zod';
import { threadSchema } from './threads.schema.ts';

/** Who wrote something; null where users did not answer in time. */
const authorSchema = z.strictObject({ id, username: z.string(), name: z.string() }).meta({ id: 'Author' });
export type Author = z.infer<typeof authorSchema>;

const postWithAuthorSchema = z
  .strictObject({ id, thread: id, text: z.string(), user: id, author: authorSchema.nullable() })
  .meta({ id: 'PostWithAuthor' });
export type PostWithAuthor = z.infer<typeof postWithAuthorSchema>;

/** A thread with its posts and everyone's names: the one read that crosses all modules. */
export const discussionSchema = threadSchema
  .extend({
    author: authorSchema.nullable(),
    posts: z.array(postWithAuthorSchema).nullable(),
    degraded: z
      .array(z.enum(['users', 'posts']))
      .min(1)
      .optional(),
  })
  .meta({ id: 'Discussion' });
export type Discussion = z.infer<typeof discussionSchema>;
