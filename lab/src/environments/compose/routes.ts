// The gateway's routes file of one project, which may be changed while it runs.
import { chmod, copyFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

// whatever else somebody's own table says stays as it is
const schema = z.object({
  version: z.int(),
  routes: z.array(z.looseObject({ upstreams: z.array(z.looseObject({ name: z.string() })) })),
});

export interface Routes {
  /** To be mounted by the gateway: a folder, since the file is replaced. */
  folder: string;
  /**
   * Sends an upstream's requests to these addresses only or, with none, to all that its name resolves to.
   * @returns the version of the table that says so
   */
  direct(upstream: string, addresses?: readonly string[]): Promise<number>;
}

/** Those of a lab, which no one else writes. */
export interface OwnRoutes extends Routes {
  remove(): Promise<void>;
}

/** Copies a routes file into a folder of its own. */
export async function createRoutes(source: string): Promise<OwnRoutes> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-lab-routes-'));
  await chmod(folder, 0o755); // the gateway's user is another
  await copyFile(source, join(folder, 'routes.json'));
  return { ...(await openRoutes(folder)), remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The routes file of a folder. While no upstream is directed anywhere it is, to the byte, what it was. */
export async function openRoutes(folder: string): Promise<Routes> {
  const file = join(folder, 'routes.json');
  const original = await readFile(file, 'utf8');
  const table = schema.parse(JSON.parse(original));
  const pinned = new Map<string, readonly string[]>();
  let { version } = table;
  const write = async (text: string): Promise<void> => {
    const unfinished = join(folder, 'unfinished');
    await writeFile(unfinished, text, { mode: 0o644 });
    await rename(unfinished, file);
  };
  const directed = (): string => {
    const routes = table.routes.map((route) => ({
      ...route,
      upstreams: route.upstreams.map((upstream) => ({ ...upstream, ...addressesOf(upstream.name) })),
    }));
    return JSON.stringify({ version, routes });
  };
  const addressesOf = (upstream: string) => {
    const addresses = pinned.get(upstream);
    return addresses && { addresses };
  };
  return {
    folder,
    async direct(upstream, addresses) {
      if (addresses) pinned.set(upstream, addresses);
      else pinned.delete(upstream);
      version += 1; // one that no table has had yet
      await write(pinned.size === 0 ? original : directed());
      return pinned.size === 0 ? table.version : version;
    },
  };
}
