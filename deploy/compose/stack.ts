import { randomBytes } from 'node:crypto';
import { read, show } from '../../lab/src/environments/compose/command.ts';
import { choosePorts } from '../../lab/src/environments/ports.ts';

/** A compose project with containers, volumes and ports of its own, beside whatever else runs on the machine. */
export interface Stack {
  monolithUrl: string;
  microservicesUrl: string;
  /** What makes `docker compose` in a child process mean this project. */
  env: Readonly<Record<string, string>>;
  /** Runs `docker compose` on it. @returns what it wrote to stdout */
  compose(...args: string[]): Promise<string>;
  /**
   * Starts these services and what they depend on, or everything, and resolves when all are healthy.
   * @throws Error after the last lines of the logs
   */
  up(...services: string[]): Promise<void>;
  /** Removes containers, networks and volumes. */
  down(): Promise<void>;
}

/** Chooses a name and ports; starts nothing. When `signal` is aborted, a start under way is given up. */
export async function createStack(signal: AbortSignal): Promise<Stack> {
  const [monolithPort, gatewayPort] = await choosePorts([{}, {}]);
  const env = {
    COMPOSE_PROJECT_NAME: `cleave-${randomBytes(3).toString('hex')}`,
    MONOLITH_PORT: String(monolithPort),
    GATEWAY_PORT: String(gatewayPort),
  };
  const compose = (...args: string[]) => read('docker', ['compose', '--progress=quiet', ...args], { env });
  return {
    monolithUrl: `http://127.0.0.1:${monolithPort}`,
    microservicesUrl: `http://127.0.0.1:${gatewayPort}`,
    env,
    compose,
    async up(...services) {
      try {
        await read('docker', ['compose', '--progress=plain', 'up', '--wait', ...services], { env, signal });
      } catch (error) {
        if (!signal.aborted) await show('docker', ['compose', 'logs', '--tail=20'], { env });
        throw error;
      }
    },
    async down() {
      await compose('down', '--volumes', '--remove-orphans', '--timeout=10');
    },
  };
}
