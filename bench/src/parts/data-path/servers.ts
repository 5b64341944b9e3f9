// Everything that answers for a user or for a discussion: ours, and what one would write without it. All have the same
// database, the same number of connections to it and one process.
import { peerCommand } from '../../peers/cache.ts';
import type { Forum } from '../../run/forum.ts';
import type { Ground } from '../../run/ground.ts';
import type { Target } from '../../run/window.ts';

export const ours = 'Cleave';
export const raw = 'node:http + pg, named';
export const stock = 'koa + kysely + pg';
export const classic = 'classic sample, in memory';

const files: Record<string, string> = {
  [raw]: 'raw-pg.js',
  'node:http + postgres.js': 'raw-postgres.js',
  [stock]: 'stock.js',
  [classic]: 'classic.js',
};

/** Ours, which is the process of `owner`, and what it is compared with on the same database: all there is, or named. */
export async function startServers(
  ground: Ground,
  forum: Forum,
  owner: 'users' | 'monolith',
  names: readonly string[] = Object.keys(files),
): Promise<Target[]> {
  const database = forum.pid(`${owner}-db`);
  const env = await forum.database(owner);
  const servers: Target[] = [
    {
      name: ours,
      origin: `http://127.0.0.1:${forum.port(owner)}`,
      components: { process: forum.pid(owner), database },
    },
  ];
  for (const name of names) {
    const { pid, origin } = await ground.serve({
      name: `${owner} ${name}`,
      command: (ports) => peerCommand(ground.peers, files[name] ?? '', ports.port, env),
    });
    servers.push({ name, origin, components: { process: pid, database } });
  }
  return servers;
}
