import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

// what no client library sends: a load balancer answers that by itself, in its own words
const SKIPPED = 'a request that HTTP';

/** Runs the contract suite at an address. @throws Error with its report when something is not as it should be */
export async function contractAt(topology: 'monolith' | 'microservices', baseUrl: string): Promise<void> {
  // the variable tells a test runner that it is inside another, and to run nothing
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ['--test', `--test-name-pattern=${topology}`, `--test-skip-pattern=${SKIPPED}`];
  const child = spawn(process.execPath, [...args, 'test/contract/at-urls.ts'], {
    env: { ...env, CONTRACT_MONOLITH_URL: baseUrl, CONTRACT_MICROSERVICES_URL: baseUrl },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const report = await text(child.stdout);
  const [code]: unknown[] = await closed;
  if (code !== 0) throw new Error(report);
}
