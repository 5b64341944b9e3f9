import { z } from 'zod';
import type { DatabaseName } from '../environment.ts';
import type { Ground } from './ground.ts';
import { connectAsSuperuser } from './superuser.ts';

const counted = z.tuple([z.object({ connections: z.number() })]);

/** Client connections that a server has now, besides the one that asks. */
export async function countConnections(ground: Ground, server: DatabaseName): Promise<number> {
  const client = await connectAsSuperuser(ground, server, 'postgres');
  try {
    const { rows } = await client.query(
      `select count(*)::int as connections from pg_stat_activity
       where backend_type = 'client backend' and pid <> pg_backend_pid()`,
    );
    return counted.parse(rows)[0].connections;
  } finally {
    await client.end();
  }
}
