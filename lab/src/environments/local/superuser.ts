import { Client } from 'pg';
import type { DatabaseName } from '../environment.ts';
import { databasePort, type Ground } from './ground.ts';
import { superuserUrl } from './postgres.ts';

/** A connection to a database of one of our servers as its superuser; whoever opens it ends it. */
export async function connectAsSuperuser(
  ground: Ground,
  server: DatabaseName,
  database: string,
): Promise<Client> {
  const port = databasePort(ground, server);
  const client = new Client({
    connectionString: superuserUrl(port, ground.session.superuserPassword, database),
    application_name: 'cleave-lab',
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined); // the server may be killed meanwhile: the next statement tells
  await client.connect();
  return client;
}
