import { services } from '../../lab/src/environments/driver.ts';
import {
  createLocalEnvironment,
  type LocalEnvironment,
} from '../../lab/src/environments/local/local-environment.ts';

/**
 * Starts both topologies on free ports, on databases of their own that go at the end.
 * @throws CannotStart with the last lines of the log of what did not start
 */
export async function startEnvironment(): Promise<LocalEnvironment> {
  const environment = createLocalEnvironment({
    config: { monolithPort: 0, gatewayPort: 0 },
    logLevel: 'warn',
  });
  try {
    await environment.up();
    return environment;
  } catch (error) {
    await environment.down();
    throw error;
  }
}

/** Stops every component of ours in order and starts it again. */
export async function restartAll(environment: LocalEnvironment): Promise<void> {
  await Promise.all(services.map((service) => environment.restart(service)));
}
