import { id, text } from '@cleave/module-kit/input';
import { z } from 'zod';

const postText = text(1, 10_000);

/** A post as the API shows it. */
export const postSchema = z.strictObject({ id, thread: id, text: postText, user: id }).meta({ id: 'Post' });
export type Post = z.infer<typeof postSchema>;

/** The body of POST /api/posts. */
export const newPostSchema = z.strictObject({ thread: id, text: postText, user: id }).meta({ id: 'NewPost' });
export type NewPost = z.infer<typeof newPostSchema>;
