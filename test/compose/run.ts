// Brings both topologies up with docker compose in a project of its own, runs the contract suite and the checks of
// this folder on it, and removes it, whatever happens:  npm run test:compose

import { withStack } from '../../deploy/compose/with-stack.ts';
import { show } from '../../lab/src/environments/compose/command.ts';

// one after the other: some of the checks stop and start containers, the last one all of them
const suites = ['test/contract/at-urls.ts', 'test/compose/*.compose.ts'];

await withStack(async (stack, signal) => {
  process.stdout.write('Building the images and starting both topologies ...\n');
  const begun = performance.now();
  await stack.up();
  process.stdout.write(
    `Both topologies are up after ${Math.round((performance.now() - begun) / 1_000)} s.\n`,
  );
  const env = {
    ...stack.env,
    CONTRACT_MONOLITH_URL: stack.monolithUrl,
    CONTRACT_MICROSERVICES_URL: stack.microservicesUrl,
  };
  for (const suite of suites) {
    const status = await show('node', ['--test', '--test-concurrency=1', suite], { env, signal });
    if (status !== 0) process.exitCode = 1;
  }
});
