// A component that can be broken on purpose, and its control port.
import { z } from 'zod';
import { choosePorts } from '../../lab/src/environments/ports.ts';
import { until } from '../support/until.ts';
import type { Owner } from './databases.ts';
import { type Service, startService } from './service.ts';

export const token = 'a-token-of-20-letters';
const state = z.object({
  version: z.string().optional(),
  active: z.record(z.string(), z.unknown()),
  evidence: z.record(z.string(), z.number()),
});

export interface Faulty extends Service {
  admin: string;
  control: string;
  /** What the control port answers to who has the token. */
  order(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Response>;
  /** The same, of an answer that shows the faults. */
  state(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<z.infer<typeof state>>;
  evidence(name: string): Promise<number>;
  /** The status of a GET. */
  status(path: string): Promise<number>;
}

export async function startFaulty(owner: Owner, env: Record<string, string>): Promise<Faulty> {
  const [adminPort = 0, controlPort = 0] = await choosePorts([{}, {}]);
  const service = await startService(owner, {
    ADMIN_PORT: String(adminPort),
    CONTROL_PORT: String(controlPort),
    CONTROL_TOKEN: token,
    LOG_LEVEL: 'silent',
    ...env,
  });
  const control = `http://127.0.0.1:${controlPort}`;
  const order: Faulty['order'] = (method, path, body) =>
    fetch(`${control}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
  const stateOf: Faulty['state'] = async (method, path, body) => {
    const answer = await order(method, path, body);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return state.parse(await answer.json());
  };
  const { url } = service;
  return {
    ...service,
    admin: `http://127.0.0.1:${adminPort}`,
    control,
    order,
    state: stateOf,
    evidence: async (name) => (await stateOf('GET', '/faults')).evidence[name] ?? Number.NaN,
    status: async (path) => {
      const answer = await fetch(`${url}${path}`);
      await answer.bytes();
      return answer.status;
    },
  };
}

/** Resolves when a request to `url` took at least `ms`, or `rounds` in a row took less. */
export const untilSlow = (url: string, ms: number): Promise<true> =>
  until(`a request waits ${ms} ms`, async () => (await duration(url)) >= ms);
export async function untilFast(url: string, ms: number, rounds: number): Promise<void> {
  let inARow = 0;
  await until(`${rounds} requests in a row take less than ${ms} ms`, async () => {
    inARow = (await duration(url)) < ms ? inARow + 1 : 0;
    return inARow === rounds;
  });
}

async function duration(url: string): Promise<number> {
  const begun = performance.now();
  await (await fetch(url)).bytes();
  return performance.now() - begun;
}
