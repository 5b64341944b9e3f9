// The gateway's routes file of one project, which the lab may change while it runs.
import { chmod, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  version: z.int(),
  routes: z.array(
    z.object({
      prefix: z.string(),
      upstreams: z.array(z.object({ name: z.string(), url: z.string(), weight: z.number() })),
    }),
  ),
});

export interface Routes {
  /** To be mounted by the gateway: a folder, since the file is replaced. */
  folder: string;
  /**
   * Sends an upstream's requests to these addresses only or, with none, to all that its name resolves to.
   * @returns the version of the table that says so
   */
  direct(upstream: string, addresses?: readonly string[]): Promise<number>;
  remove(): Promise<void>;
}

/** Copies a routes file into a folder of its own. */
export async function createRoutes(source: string): Promise<Routes> {
  const table = schema.parse(JSON.parse(await readFile(source, 'utf8')));
  const folder = await mkdtemp(join(tmpdir(), 'cleave-lab-routes-'));
  await chmod(folder, 0o755); // the gateway's user is another
  const pinned = new Map<string, readonly string[]>();
  let version = table.version;
  const write = async (): Promise<void> => {
    const routes = table.routes.map((route) => ({
      ...route,
      upstreams: route.upstreams.map((upstream) => ({ ...upstream, ...addressesOf(upstream.name) })),
    }));
    const unfinished = join(folder, 'unfinished');
    await writeFile(unfinished, JSON.stringify({ version, routes }), { mode: 0o644 });
    await rename(unfinished, join(folder, 'routes.json'));
  };
  const addressesOf = (upstream: string) => {
    const addresses = pinned.get(upstream);
    return addresses && { addresses };
  };
  await write();
  return {
    folder,
    async direct(upstream, addresses) {
      if (addresses) pinned.set(upstream, addresses);
      else pinned.delete(upstream);
      version += 1;
      await write();
      return version;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
