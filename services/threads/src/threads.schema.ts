import { id, text } from '@cleave/module-kit/input';
import { z } from 'zod';

const title = text(1, 200);

/** A thread as the API shows it. */
export const threadSchema = z.strictObject({ id, title, createdBy: id }).meta({ id: 'Thread' });
export type Thread = z.infer<typeof threadSchema>;

/** The body of POST /api/threads. */
export const newThreadSchema = z.strictObject({ title, createdBy: id }).meta({ id: 'NewThread' });
export type NewThread = z.infer<typeof newThreadSchema>;
