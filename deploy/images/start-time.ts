import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { read } from '../../lab/src/environments/compose/command.ts';

/**
 * Stops a container and starts it again. @returns milliseconds from the start of its process until it is ready.
 * The container's own address is asked, which the host reaches on Linux only.
 */
export async function startTime(container: string, isDatabase: boolean): Promise<number> {
  await read('docker', ['stop', container]);
  await read('docker', ['start', container]);
  const format = '{{.State.StartedAt}}{{range .NetworkSettings.Networks}} {{.IPAddress}}{{end}}';
  const [startedAt = '', address = ''] = (
    await read('docker', ['inspect', '--format', format, container])
  ).split(' ');
  const isReady = isDatabase ? acceptsLogins : answersReady;
  const deadline = Date.now() + 30_000;
  while (!(await isReady(address))) {
    if (Date.now() > deadline) throw new Error(`${container} was not ready after 30 s.`);
    await wait(5);
  }
  return Date.now() - Date.parse(startedAt);
}

async function answersReady(address: string): Promise<boolean> {
  try {
    return (await fetch(`http://${address}:9090/readyz`)).ok;
  } catch {
    return false; // nobody listens there yet
  }
}

/** Whether PostgreSQL looks at a password, which it does not before it is ready. */
async function acceptsLogins(host: string): Promise<boolean> {
  const client = new Client({ host, user: 'nobody', password: 'none', database: 'postgres' });
  try {
    await client.connect();
  } catch (error) {
    const invalidPassword = '28P01';
    return error instanceof Error && 'code' in error && error.code === invalidPassword;
  }
  await client.end();
  return true;
}
