import { z } from 'zod';
import type { Deployment, Environment } from '../../environments/environment.ts';
import { replicasOf } from '../../faults/replicas.ts';
import { waitUntil } from '../../trial/wait.ts';
import type { Bite, PolicyProbe, ProbeTools } from '../platform.ts';

const topology = 'microservices';
const MEBIBYTE = 2 ** 20;
const LOAD = {
  rate: 50,
  seconds: 40,
  // what can be asked of the other replica instead
  only: [
    'GET /api/posts',
    'GET /api/posts/in-thread/:threadId',
    'GET /api/users/:userId',
    'GET /api/threads/:threadId',
  ],
};
const LOOK_EVERY_MS = 250;
const status = z.int().min(200).max(299);

export interface MemoryLimitOptions {
  /** In how many seconds reads may fail: none where what stands before the replicas asks another one. */
  failingSeconds?: number;
}

/** One of two replicas leaks memory until its limit ends it, while reads go on. For every platform. */
export const memoryLimitProbe = (
  environment: Environment,
  { failingSeconds = 0 }: MemoryLimitOptions = {},
): PolicyProbe => ({
  name:
    failingSeconds === 0
      ? 'a memory limit ends one replica, and no read fails'
      : `a memory limit ends one replica, and reads fail for ${failingSeconds} s at most`,
  topologies: [topology],
  needsLoad: true,
  async run(tools): Promise<Bite> {
    const deployment = environment.deployment(topology);
    const before = (await replicasOf(deployment, 'posts')).length;
    await deployment.scale('posts', 2);
    try {
      return await leakOne(deployment, tools, failingSeconds);
    } finally {
      await deployment.restore('posts');
      await deployment.scale('posts', before);
    }
  },
});

async function leakOne(
  deployment: Deployment,
  { load, signal }: ProbeTools,
  mostSeconds: number,
): Promise<Bite> {
  const processes = async () => {
    const replicas = await replicasOf(deployment, 'posts');
    return new Map(replicas.map(({ id, pid }) => [id, pid]));
  };
  const old = await processes();
  const isOver = async (): Promise<number> => {
    const now = await processes();
    return [...old].filter(([id, pid]) => now.get(id) !== pid).length;
  };
  let ended = 0;
  const { requests, failed, failingSeconds } = await load(topology, LOAD, async () => {
    await waitUntil(Date.now() + 2_000, signal);
    status.parse(await deployment.probe('posts', leak));
    const deadline = Date.now() + 30_000;
    while (ended === 0 && Date.now() < deadline) {
      await waitUntil(Date.now() + LOOK_EVERY_MS, signal);
      ended = await isOver();
    }
  });
  return {
    bites: ended === 1 && failingSeconds <= mostSeconds,
    saw: [
      `${ended} of ${old.size} replicas ended`,
      `${failed} of ${requests} reads failed meanwhile, in ${failingSeconds} s`,
    ],
  };
}

/** Asked of its own control port by the first replica, so that the other one keeps out of it. */
const leak = `
  import { env, stdout } from 'node:process';
  const answer = await fetch('http://127.0.0.1:' + env.CONTROL_PORT + '/faults/leak', {
    method: 'POST',
    headers: { authorization: 'Bearer ' + env.CONTROL_TOKEN, 'content-type': 'application/json' },
    body: JSON.stringify({ bytesPerSecond: ${60 * MEBIBYTE} }),
  });
  stdout.write(String(answer.status));
`;
