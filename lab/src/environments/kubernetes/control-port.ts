// A control port reached from here: what is asked again and again must not cost the container a process each time.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { askControlPort } from '../local/control-port.ts';
import { CONTROL_PORT } from './adapt.ts';
import { readWorkload } from './objects.ts';
import type { Pod } from './pods.ts';
import type { Space } from './space.ts';

/** Asks for a path; gives the parsed JSON answer. @throws Error on any status but 2xx */
export type Get = (path: string) => Promise<unknown>;

/** Opens a way to the control port of each of these pods, and closes it when `use` is done. */
export async function withControlPorts<T>(
  space: Space,
  [first, ...others]: readonly Pod[],
  use: (gets: readonly Get[]) => Promise<T>,
): Promise<T> {
  if (!first) return use([]);
  return withControlPort(space, first, (get) =>
    withControlPorts(space, others, (gets) => use([get, ...gets])),
  );
}

async function withControlPort<T>(space: Space, pod: Pod, use: (get: Get) => Promise<T>): Promise<T> {
  const words = ['--namespace', space.namespace, 'port-forward', `pod/${pod.name}`, `:${CONTROL_PORT}`];
  const forward = spawn('kubectl', words, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = once(forward, 'close');
  try {
    const controlPort = await Promise.race([
      portIn(forward.stdout),
      ended.then(() => Promise.reject(new Error(`there is no way to the control port of ${pod.name}`))),
    ]);
    const token = tokenOf(space, pod.part);
    return await use((path) => askControlPort({ controlPort, token }, 'GET', path));
  } finally {
    forward.kill();
    await ended;
  }
}

/** "Forwarding from 127.0.0.1:43211 -> 9091" */
async function portIn(stream: NodeJS.ReadableStream): Promise<number> {
  for await (const line of createInterface({ input: stream })) {
    const port = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
    if (port !== undefined) return Number(port);
  }
  throw new Error('kubectl port-forward named no port');
}

function tokenOf(space: Space, part: string): string {
  const [container] = readWorkload(space.object('Deployment', part)).spec.template.spec.containers;
  const token = container?.env?.find(({ name }) => name === 'CONTROL_TOKEN')?.value;
  if (token === undefined) throw new Error(`${part} has no control port`);
  return token;
}
