import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { choosePorts } from '../../lab/src/environments/ports.ts';
import { until } from '../support/until.ts';
import { type Owner, root } from './databases.ts';

/** What a process wrote and how it ended. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** One component as a process of its own. */
export interface Service {
  url: string;
  process: ChildProcess;
  /** SIGTERM; resolves when it has ended. */
  stop(): Promise<Ended>;
}

/** Runs an owner's main program with these variables until it ends by itself. */
export async function runToEnd(owner: Owner | 'gateway', env: Record<string, string>): Promise<Ended> {
  return ended(start(owner, env));
}

/** Starts an owner's main program on free ports and resolves when it listens. */
export async function startService(owner: Owner, env: Record<string, string>): Promise<Service> {
  const [port = 0, adminPort = 0] = await choosePorts([{}, {}]);
  const child = start(owner, {
    PORT: String(port),
    ADMIN_PORT: String(adminPort),
    DATABASE_POOL: '2',
    ...env,
  });
  const end = ended(child);
  const url = `http://127.0.0.1:${port}`;
  const isListening = async (): Promise<boolean> => {
    if (child.exitCode !== null) throw new Error(`it ended: ${(await end).stderr}`);
    return fetch(`${url}/livez`).then(
      ({ ok }) => ok,
      () => false,
    );
  };
  try {
    await until(`${owner} listens`, isListening);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    url,
    process: child,
    stop: () => {
      child.kill('SIGTERM');
      return end;
    },
  };
}

const start = (owner: string, env: Record<string, string>): ChildProcess =>
  spawn(process.execPath, [join(root, owner, 'src/main.ts')], { env, stdio: ['ignore', 'pipe', 'pipe'] });

async function ended(child: ChildProcess): Promise<Ended> {
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.on('data', (chunk) => {
      written[stream] += String(chunk);
    });
  }
  const [code] = await once(child, 'close');
  return { code: code === null ? null : Number(code), ...written };
}
