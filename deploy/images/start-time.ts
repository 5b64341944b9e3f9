import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { read } from '../../lab/src/environments/compose/command.ts';

export interface Started {
  container: string;
  /** Names that it may answer to in its networks. */
  names: readonly string[];
  isDatabase: boolean;
  /** An image with Node and the packages of a service, to ask from. */
  probeImage: string;
}

const networks = z.record(z.string(), z.unknown());

/**
 * Stops a container and starts it again. Whether it is ready is asked by a container beside it, since the host need not
 * be in any of its networks. @returns milliseconds from the start of its process until it is ready
 */
export async function startTime(started: Started): Promise<number> {
  const { container } = started;
  await read('docker', ['stop', container]);
  const probe = await startProbe(started);
  try {
    await lineOf(probe, /^(asking)$/m);
    await read('docker', ['start', container]);
    const readyAt = Number(await lineOf(probe, /^ready (\d+)$/m));
    return (
      readyAt - Date.parse(await read('docker', ['inspect', '--format={{.State.StartedAt}}', container]))
    );
  } finally {
    await read('docker', ['rm', '--force', probe]);
  }
}

/** Asks again and again; the container is down yet. */
async function startProbe({ container, names, isDatabase, probeImage }: Started): Promise<string> {
  const format = '--format={{json .NetworkSettings.Networks}}';
  const found = networks.parse(JSON.parse(await read('docker', ['inspect', format, container])));
  const source = `${isDatabase ? acceptsLogins : answersReady}
    const names = ${JSON.stringify(names)};
    const ask = async () => (await Promise.all(names.map((name) => isReady(name).catch(() => false)))).includes(true);
    console.log('asking');
    while (!(await ask())) await new Promise((resolve) => setTimeout(resolve, 5));
    console.log('ready', Date.now());`;
  const program = ['--entrypoint=node', probeImage, '--input-type=module', '--eval', source];
  const probe = await read('docker', ['create', ...program]);
  for (const network of Object.keys(found)) await read('docker', ['network', 'connect', network, probe]);
  await read('docker', ['start', probe]);
  return probe;
}

const answersReady = `
  const isReady = async (name) => (await fetch('http://' + name + ':9090/readyz')).ok;`;

/** PostgreSQL does not look at a password before it is ready. */
const acceptsLogins = `
  import pg from 'pg';
  const invalidPassword = '28P01';
  const isReady = async (host) => {
    const client = new pg.Client({ host, user: 'nobody', password: 'none', database: 'postgres' });
    return client.connect().then(() => client.end().then(() => true), ({ code }) => code === invalidPassword);
  };`;

/** What a pattern finds in what a container wrote. @throws Error when it is not there within 60 s */
async function lineOf(container: string, pattern: RegExp): Promise<string> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const found = pattern.exec(await read('docker', ['logs', container]))?.[1];
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`a container was not ready after 60 s`);
    await wait(50);
  }
}
