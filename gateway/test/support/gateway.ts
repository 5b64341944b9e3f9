import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { startComponent } from '@cleave/kit/component';
import { freePort } from '../../../replicas/test/support/ports.ts';
import { configSchema } from '../../src/config.ts';
import { createGateway } from '../../src/gateway.ts';
import { ask } from './client.ts';
import { addresses } from './upstream.ts';

export interface TestGateway {
  port: number;
  adminPort: number;
  /** Puts another routes file in place, in one step. */
  writeRoutes: (content: unknown) => Promise<void>;
  /** What the control port shows. */
  routes: () => Promise<{ version: number; upstreams: UpstreamView[] }>;
  /** The value of a metric with these labels among its own; 0 where there is none. */
  metric: (name: string, labels?: Record<string, string>) => Promise<number>;
  stop: () => Promise<void>;
}

interface UpstreamView {
  name: string;
  inFlight: number;
  replicas: { address: string; circuit: string; inFlight: number }[];
}

export const controlToken = 'a token of more than 16 characters';

/** A route of `/api/<name>` to one upstream for each name. */
export const routesTo = (urls: Record<string, string>, version = 1) => ({
  version,
  routes: Object.entries(urls).map(([name, url]) => ({
    prefix: `/api/${name}`,
    upstreams: [{ name, url, weight: 100 }],
  })),
});

export const environment = async (routesFile: string): Promise<Record<string, string>> => ({
  PORT: String(await freePort()),
  ADMIN_PORT: String(await freePort()),
  CONTROL_PORT: String(await freePort()),
  CONTROL_TOKEN: controlToken,
  INSTANCE: 'the-gateway',
  LOG_LEVEL: 'silent',
  ADMISSION_DELAY_MS: '0', // the gateway shares a process with its clients, and is not what makes it busy
  ROUTES_FILE: routesFile,
});

/** A folder with a routes file, removed with the test. */
export async function routesFileWith(t: TestContext, content: unknown) {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-test-'));
  t.after(() => rm(folder, { recursive: true }));
  const path = join(folder, 'routes.json');
  const write = async (next: unknown): Promise<void> => {
    await writeFile(`${path}.new`, typeof next === 'string' ? next : JSON.stringify(next));
    await rename(`${path}.new`, path);
  };
  await write(content);
  return { path, write };
}

/** A gateway in this process, on free ports, stopped with the test. Every host name is 127.0.0.1 unless told otherwise. */
export async function startGateway(
  t: TestContext,
  routes: unknown,
  overrides: Parameters<typeof createGateway>[1] = {},
  more: Record<string, string> = {},
): Promise<TestGateway> {
  const file = await routesFileWith(t, routes);
  const env = { ...(await environment(file.path)), ...more };
  const resolve = async () => [addresses[0]];
  const stop = await startComponent('gateway', configSchema, env, (tools) =>
    createGateway(tools, { resolve, ...overrides }),
  );
  let stopped: Promise<void> | undefined;
  const stopOnce = (): Promise<void> => {
    stopped ??= stop();
    return stopped;
  };
  t.after(stopOnce);
  const adminPort = Number(env.ADMIN_PORT);
  return {
    port: Number(env.PORT),
    adminPort,
    writeRoutes: file.write,
    async routes() {
      const headers = { authorization: `Bearer ${controlToken}` };
      return JSON.parse((await ask(Number(env.CONTROL_PORT), '/routes', { headers })).body);
    },
    metric: metricsAt(adminPort),
    stop: stopOnce,
  };
}

/** Reads metrics at an admin port. */
export const metricsAt =
  (adminPort: number): TestGateway['metric'] =>
  async (name, labels = {}) => {
    const { body } = await ask(adminPort, '/metrics');
    const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
    const found = body
      .split('\n')
      .find((line) => line.startsWith(`${name}{`) && wanted.every((each) => line.includes(each)));
    return Number(found?.split(' ').at(-1) ?? 0);
  };
