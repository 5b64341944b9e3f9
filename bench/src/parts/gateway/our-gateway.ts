// Our gateway as it is shipped: its log, metrics and protections on.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { configSchema } from '../../../../gateway/src/config.ts';
import type { Command } from '../../../../lab/src/environments/local/launch.ts';
import type { Ports } from '../../run/ground.ts';

const main = join(import.meta.dirname, '../../../../gateway/src/main.ts');

const settings = z.object({
  properties: z.object({
    GATEWAY_ENGINE: z.object({ enum: z.array(z.string()), default: z.string() }).optional(),
  }),
});

/** The engines that the gateway's own settings know, its default first; none where there is nothing to choose. */
export function gatewayEngines(): string[] {
  const schema = z.toJSONSchema(configSchema, { io: 'input', unrepresentable: 'any' });
  const engine = settings.parse(schema).properties.GATEWAY_ENGINE;
  return engine ? [engine.default, ...engine.enum.filter((name) => name !== engine.default)] : [];
}

/** The command that runs it with one route, whose replicas are at these addresses. */
export async function gatewayCommand(
  folder: string,
  { port, adminPort }: Pick<Ports, 'port' | 'adminPort'>,
  upstream: { port: number; addresses: readonly string[] },
  env: Readonly<Record<string, string>> = {},
): Promise<Command> {
  const file = join(folder, `routes-${port}.json`);
  const { addresses, port: to } = upstream;
  const upstreams = [{ name: 'users', url: `http://users:${to}`, addresses, weight: 100 }];
  await writeFile(file, JSON.stringify({ version: 1, routes: [{ prefix: '/api/users', upstreams }] }));
  const ports = { PORT: String(port), ADMIN_PORT: String(adminPort) };
  return {
    file: process.execPath,
    args: [main],
    env: { NODE_ENV: 'production', ROUTES_FILE: file, ...ports, ...env },
  };
}
