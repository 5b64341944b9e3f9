import { z } from 'zod';
import { CannotStart } from '../environments/cannot-start.ts';

const port = z.coerce.number().int().min(0).max(65_535).default(0);

/**
 * The port of the page; 0, the default, stands for any that is free.
 * @throws CannotStart when PAGE_PORT is no port
 */
export function readPagePort(env: NodeJS.ProcessEnv = process.env): number {
  const parsed = port.safeParse(env.PAGE_PORT);
  if (parsed.success) return parsed.data;
  throw new CannotStart(`PAGE_PORT must be a port from 0 (any) to 65535, not "${env.PAGE_PORT}".`);
}
