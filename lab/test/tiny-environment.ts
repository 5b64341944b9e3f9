import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Component, EnvironmentDriver, Service } from '../src/environments/driver.ts';

// Any process that answers HTTP will do: what is under test is how it is broken, not what it serves.
const program = `
  require('node:http')
    .createServer((request, response) => response.end('[]'))
    .listen(Number(process.argv[1]), '127.0.0.1', () => console.log('ready'));
`;

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
};

type Part = { port: number; process: ChildProcess };

const startPart = async (port: number): Promise<Part> => {
  const process = spawn(globalThis.process.execPath, ['-e', program, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(process.stdout ?? process, 'data');
  return { port, process };
};

const end = async ({ process }: Part): Promise<void> => {
  if (process.exitCode !== null || process.signalCode !== null) return;
  process.kill('SIGKILL');
  await once(process, 'exit');
};

/** The smallest environment with real processes: a monolith and posts, each a server of one line. */
export const createTinyEnvironment = (): EnvironmentDriver => {
  const parts = new Map<Service, Part>();
  const part = (service: Service): Part => {
    const found = parts.get(service);
    if (found === undefined) throw new Error(`${service} is not up`);
    return found;
  };
  const restore = async (service: Service): Promise<void> => {
    parts.set(service, await startPart(part(service).port));
  };
  const kill = (service: Service): Promise<void> => end(part(service));
  return {
    up: async () => {
      for (const service of ['monolith', 'posts'] as const)
        parts.set(service, await startPart(await freePort()));
    },
    baseUrl: (topology) => `http://127.0.0.1:${part(topology === 'monolith' ? 'monolith' : 'posts').port}`,
    components: () =>
      [...parts].map(([name, { port, process }]): Component => ({ name, port, pid: process.pid })),
    kill,
    restore,
    pause: async (service) => {
      part(service).process.kill('SIGSTOP');
    },
    resume: async (service) => {
      part(service).process.kill('SIGCONT');
    },
    restart: async (service) => {
      await kill(service);
      await restore(service);
    },
    stats: async () => [],
    down: async () => {
      await Promise.all([...parts.values()].map(end));
    },
  };
};
