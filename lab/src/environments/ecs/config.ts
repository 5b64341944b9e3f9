import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';

const schema = z.object({ AWS_ENDPOINT_URL: z.url().optional() });
const loopback = /^(127\.|localhost$|\[::1\]$)/;

/**
 * On AWS nobody reaches into a task on Fargate as faults, probes and the accounting of CPU have to.
 * @throws CannotStart unless AWS is an emulator on this machine, whose tasks are containers of its Docker engine
 */
export function requireEmulator(env: NodeJS.ProcessEnv = process.env): void {
  const { AWS_ENDPOINT_URL: endpoint } = schema.parse(env);
  if (endpoint !== undefined && loopback.test(new URL(endpoint).hostname)) return;
  throw new CannotStart(
    'The ecs environment needs an emulator of AWS on this machine (AWS_ENDPOINT_URL), whose tasks are containers of the Docker engine here: in a task on Fargate nothing can be broken, probed or measured.',
  );
}
