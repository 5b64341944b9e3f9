import { writeFile } from 'node:fs/promises';
import { routesFile } from './service-command.ts';
import type { Ports } from './state.ts';

/** Writes the gateway's routes: each module's path to the service of the same name. */
export async function writeRoutes(folder: string, { services }: Ports): Promise<void> {
  const routes = (['users', 'threads', 'posts'] as const).map((name) => ({
    prefix: `/api/${name}`,
    upstreams: [{ name, url: `http://127.0.0.1:${services[name].port}`, weight: 100 }],
  }));
  await writeFile(routesFile(folder), `${JSON.stringify({ version: 1, routes }, null, 2)}\n`);
}
