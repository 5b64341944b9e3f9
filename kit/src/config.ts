import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** The environment is not one that the process can start with; the message is one sentence. */
export class ConfigError extends Error {}

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(0).max(600_000);

/** What every component reads. Times in milliseconds. */
export const componentSchema = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: port,
  ADMIN_PORT: port,
  ADMIN_HOST: z.string().optional(), // several with commas; default: HOST
  CONTROL_PORT: port.optional(),
  CONTROL_TOKEN: z.string().min(16).optional(),
  INSTANCE: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .default(hostname()),
  // for a whole request to arrive
  REQUEST_TIMEOUT_MS: milliseconds.min(1).default(10_000),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  // between failing readiness and refusing connections, so that a balancer stops sending first
  DRAIN_DELAY_MS: milliseconds.default(0),
  // for requests in flight; an orchestrator's grace period has to be longer than both together
  DRAIN_TIMEOUT_MS: milliseconds.default(5_000),
});
export type ComponentConfig = z.infer<typeof componentSchema>;

/**
 * Reads the variables that `schema` names, once, into a frozen object. For any variable `X`, `X_FILE` may
 * name a file that holds the value instead.
 * @throws ConfigError naming the first variable that is missing or wrong, never its value
 */
export function readConfig<S extends z.ZodObject>(schema: S, env: NodeJS.ProcessEnv): Readonly<z.infer<S>> {
  const values = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, readVariable(name, env)]));
  const parsed = schema.safeParse(values);
  if (parsed.success) return Object.freeze(parsed.data);
  const name = String(parsed.error.issues[0]?.path[0]);
  const state = values[name] === undefined ? 'is not set' : 'has a value that cannot be used';
  throw new ConfigError(`${name} ${state}: ${parsed.error.issues[0]?.message}.`);
}

function readVariable(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const file = env[`${name}_FILE`];
  if (file === undefined) return env[name] === '' ? undefined : env[name];
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new ConfigError(`${name}_FILE names a file that cannot be read.`, { cause: error });
  }
}
