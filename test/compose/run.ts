// Brings both topologies up with docker compose in a project of its own, runs the contract suite and the checks of
// this folder on it, and removes it, whatever happens:  npm run test:compose
import { show } from '../../deploy/compose/command.ts';
import { createStack } from '../../deploy/compose/stack.ts';

const suites = ['test/contract/running.ts', 'test/compose/*.compose.ts'];

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort()).once('SIGTERM', () => interrupted.abort());
const { signal } = interrupted;

const stack = await createStack(signal);
const env = {
  ...stack.env,
  CONTRACT_MONOLITH_URL: stack.monolithUrl,
  CONTRACT_MICROSERVICES_URL: stack.microservicesUrl,
};
try {
  const begun = performance.now();
  await stack.up();
  process.stdout.write(
    `Both topologies are up after ${Math.round((performance.now() - begun) / 1_000)} s.\n`,
  );
  // one file after the other: some of the checks stop and start containers
  const status = await show('node', ['--test', '--test-concurrency=1', ...suites], { env, signal });
  process.exitCode = status === 0 ? 0 : 1;
} finally {
  await stack.down();
}
