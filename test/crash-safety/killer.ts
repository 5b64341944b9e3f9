import { setTimeout as delay } from 'node:timers/promises';
import type { Deployment, ServiceName } from '../../lab/src/environments/environment.ts';

// Between two kills of a component: counted in writes, so that a slow machine makes progress too.
const fewestWrites = 50;
const mostWrites = 600;
const pollMs = 20;

/**
 * Kills a component with SIGKILL, again and again after a random number of acknowledged writes, and starts it again
 * each time, until `isOver`.
 * @returns how often it was killed
 */
export async function killAtRandom(
  deployment: Deployment,
  victim: ServiceName,
  acknowledged: () => number,
  isOver: () => boolean,
): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const next = acknowledged() + fewestWrites + Math.random() * (mostWrites - fewestWrites);
    while (acknowledged() < next && !isOver()) await delay(pollMs);
    if (isOver()) return kills;
    await deployment.kill(victim);
    await deployment.restore(victim);
  }
}
