import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type {
  Deployment,
  Environment,
  Part,
  ServiceName,
  Topology,
} from '../src/environments/environment.ts';

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

type Running = { port: number; process: ChildProcess };

const startProcess = async (port: number): Promise<Running> => {
  const process = spawn(globalThis.process.execPath, ['-e', program, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(process.stdout ?? process, 'data');
  return { port, process };
};

const isDown = ({ process }: Running): boolean => process.exitCode !== null || process.signalCode !== null;

const end = async (running: Running): Promise<void> => {
  if (isDown(running)) return;
  running.process.kill('SIGKILL');
  await once(running.process, 'exit');
};

const cannot = async (): Promise<never> => {
  throw new Error('the tiny environment cannot do that');
};

/** One process that is all of a topology. */
const tinyDeployment = (topology: Topology, first: Running): Deployment => {
  let running = first;
  const name: ServiceName = topology === 'monolith' ? 'monolith' : 'posts';
  const kill = (): Promise<void> => end(running);
  const restore = async (): Promise<void> => {
    if (isDown(running)) running = await startProcess(running.port);
  };
  const parts = async (): Promise<Part[]> => {
    const pid = isDown(running) ? undefined : running.process.pid;
    return [{ name, kind: 'service', replicas: [{ id: `${topology}/${name}-1`, pid }] }];
  };
  return {
    topology,
    baseUrl: `http://127.0.0.1:${running.port}`,
    parts,
    serving: () => name,
    databaseOf: () => 'posts-db',
    kill,
    restore,
    pause: async () => void running.process.kill('SIGSTOP'),
    resume: async () => void running.process.kill('SIGCONT'),
    restart: async () => {
      await kill();
      await restore();
    },
    scale: cannot,
    deploy: cannot,
    control: cannot,
    lock: cannot,
    usage: async () => [],
    connections: cannot,
    probe: cannot,
  };
};

/** The smallest environment with real processes: each topology is a server of one line. */
export const createTinyEnvironment = (): Environment => {
  const deployments = new Map<Topology, Deployment>();
  return {
    name: 'local',
    heals: false,
    budgets: 'none',
    enforcesBudgets: false,
    up: async (topologies) => {
      for (const topology of topologies)
        deployments.set(topology, tinyDeployment(topology, await startProcess(await freePort())));
    },
    deployment: (topology) => {
      const found = deployments.get(topology);
      if (found === undefined) throw new Error(`${topology} is not up`);
      return found;
    },
    down: async () => {
      await Promise.all(
        [...deployments.values()].map((deployment) => deployment.kill(deployment.serving('posts'))),
      );
    },
  };
};
