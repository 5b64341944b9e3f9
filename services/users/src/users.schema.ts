import { id, text } from '@cleave/module-kit/input';
import { z } from 'zod';

const usernameMessage = 'must be 1 to 40 characters of a-z, 0-9, _, . and -';
const username = z.string(usernameMessage).regex(/^[a-z0-9_.-]{1,40}$/, usernameMessage);
const name = text(1, 100);
const bio = text(0, 500);

/** A user as the API shows it. */
export const userSchema = z.strictObject({ id, username, name, bio }).meta({ id: 'User' });
export type User = z.infer<typeof userSchema>;

/** The body of POST /api/users. */
export const newUserSchema = z.strictObject({ username, name, bio }).meta({ id: 'NewUser' });
export type NewUser = z.infer<typeof newUserSchema>;

/** The body of PATCH /api/users/:userId: at least one of the two. */
export const userChangesSchema = z
  .strictObject({ name: name.optional(), bio: bio.optional() })
  .refine((changes) => changes.name !== undefined || changes.bio !== undefined, 'must have name or bio')
  .meta({ id: 'UserChanges', override: { minProperties: 1 } });
export type UserChanges = z.infer<typeof userChangesSchema>;
