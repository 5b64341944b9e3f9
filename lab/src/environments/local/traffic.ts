import { rename, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ServiceName } from '../environment.ts';
import { askControlPort, type ControlPort } from './control-port.ts';
import type { Ground } from './ground.ts';
import { required } from './required.ts';
import { namesFile, routesFile } from './service-command.ts';

/** The gateway looks into its file twice a second. */
const TAKEN_WITHIN_MS = 5_000;
const status = z.object({ version: z.number() });

/** Who is sent requests: by the gateway, by its routes, and by peers, by names. */
export interface Traffic {
  /** Sends a service's requests to these addresses from the next `write` on. */
  direct(service: ServiceName, hosts: readonly string[]): void;
  /** Writes both files; the version of the routes grows by one. */
  write(): Promise<void>;
  /** Resolves when the gateway uses what was written last. */
  taken(gateway: ControlPort): Promise<void>;
}

export function createTraffic({ home, layout }: Ground): Traffic {
  const addresses = new Map<ServiceName, readonly string[]>();
  let version = 0;
  const upstream = (service: ServiceName) => {
    const hosts = addresses.get(service) ?? ['127.0.0.1'];
    const url = `http://${hosts[0]}:${required(home.ports.services, service).port}`;
    return { name: service, url, ...(hosts.length > 1 && { addresses: hosts }), weight: 100 };
  };
  return {
    direct: (service, hosts) => addresses.set(service, hosts),
    async write() {
      version += 1;
      const routes = layout.routes.map(({ prefix, service }) => ({ prefix, upstreams: [upstream(service)] }));
      await replace(routesFile(home.folder), { version, routes });
      await replace(namesFile(home.folder), Object.fromEntries(addresses));
    },
    async taken(gateway) {
      const deadline = Date.now() + TAKEN_WITHIN_MS;
      while (status.parse(await askControlPort(gateway, 'GET', '/routes')).version !== version) {
        if (Date.now() > deadline)
          throw new Error(`the gateway did not take version ${version} of its routes`);
        await delay(50);
      }
    },
  };
}

/** A reader sees the old or the new, never a part. */
async function replace(file: string, content: unknown): Promise<void> {
  await writeFile(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`);
  await rename(`${file}.new`, file);
}
