import { type Environment, mainTopologies } from '../../lab/src/environments/environment.ts';
import { createLocalEnvironment } from '../../lab/src/environments/local/local-environment.ts';

/**
 * Starts both topologies on free ports, on databases of their own that go at the end.
 * @throws CannotStart with the last lines of the log of what did not start
 */
export async function startEnvironment(): Promise<Environment> {
  const environment = createLocalEnvironment({ logLevel: 'warn' });
  try {
    await environment.up(mainTopologies);
    return environment;
  } catch (error) {
    await environment.down();
    throw error;
  }
}

/** Stops every component of ours in order and starts it again. */
export async function restartAll(environment: Environment): Promise<void> {
  for (const topology of mainTopologies) {
    const deployment = environment.deployment(topology);
    const ours = (await deployment.parts()).filter(({ kind }) => kind !== 'database');
    await Promise.all(ours.map(({ name }) => deployment.restart(name)));
  }
}
