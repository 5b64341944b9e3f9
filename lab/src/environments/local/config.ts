import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';

const port = z.coerce.number().int().min(0).max(65_535);
const schema = z.object({ MONOLITH_PORT: port.default(3000), GATEWAY_PORT: port.default(8080) });

/** The two ports that a person or a script relies on; 0 stands for any that is free. */
export interface LocalConfig {
  monolithPort: number;
  gatewayPort: number;
}

/** @throws CannotStart naming the variable whose value is no port */
export function readLocalConfig(env: NodeJS.ProcessEnv = process.env): LocalConfig {
  const parsed = schema.safeParse(env);
  if (parsed.success) {
    return { monolithPort: parsed.data.MONOLITH_PORT, gatewayPort: parsed.data.GATEWAY_PORT };
  }
  const variable = String(parsed.error.issues[0]?.path[0]);
  throw new CannotStart(`${variable} must be a port from 0 (any) to 65535, not "${env[variable]}".`);
}

/**
 * What every child process inherits of our environment: where programs are, and what is said to OpenTelemetry. The
 * rest stays here: it is none of their business.
 */
export function inheritedEnv(): Record<string, string> {
  const otel = Object.entries(process.env).flatMap(([name, value]) =>
    name.startsWith('OTEL_') && value !== undefined ? [[name, value]] : [],
  );
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', ...Object.fromEntries(otel) };
}
