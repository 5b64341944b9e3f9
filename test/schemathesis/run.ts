// Lets schemathesis (version 4) look for answers that openapi.yaml does not describe, in both topologies:
//   npm run test:schemathesis
// It starts a local environment, unless CONTRACT_MONOLITH_URL and CONTRACT_MICROSERVICES_URL name a running one, which
// it changes and fills. SCHEMATHESIS_SEED and SCHEMATHESIS_EXAMPLES (a route) say what is sent and how much.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEnvironment } from '../support/environment.ts';

const {
  CONTRACT_MONOLITH_URL: monolithUrl,
  CONTRACT_MICROSERVICES_URL: microservicesUrl,
  SCHEMATHESIS_SEED: seed = '1',
  SCHEMATHESIS_EXAMPLES: examples = '30',
} = process.env;

const document = join(import.meta.dirname, '../../openapi.yaml');
// it leaves what it learned in the folder that it runs in
const folder = mkdtempSync(join(tmpdir(), 'cleave-schemathesis-'));
process.once('exit', () => rmSync(folder, { recursive: true }));
const settings = ['--seed', seed, '--max-examples', examples, '--max-failures', '20'];

/** Runs it to its end. @returns its exit code, or undefined where there is no such program */
async function schemathesis(args: string[]): Promise<number | undefined> {
  const child = spawn('schemathesis', args, { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  try {
    const [code] = await once(child, 'close');
    return Number(code);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function check(topology: string, url: string): Promise<void> {
  process.stdout.write(`schemathesis on the ${topology} at ${url}\n`);
  const config = ['--config-file', join(import.meta.dirname, 'schemathesis.toml')];
  const code = await schemathesis([...config, 'run', document, '--url', url, '--checks', 'all', ...settings]);
  if (code !== 0) process.exitCode = 1;
}

if ((await schemathesis(['--version'])) === undefined) {
  process.stderr.write('schemathesis is not on PATH: install it with "pip install schemathesis==4.32.5".\n');
  process.exitCode = 1;
} else if (monolithUrl !== undefined && microservicesUrl !== undefined) {
  await check('monolith', monolithUrl);
  await check('microservices', microservicesUrl);
} else {
  const environment = await startEnvironment();
  try {
    await check('monolith', environment.deployment('monolith').baseUrl);
    await check('microservices', environment.deployment('microservices').baseUrl);
  } finally {
    await environment.down();
  }
}
