import { setTimeout as wait } from 'node:timers/promises';
import type { ComponentName } from '../components/components.ts';
import { Refused } from '../site.ts';

const WITHIN_MS = 120_000;
const LOOK_MS = 500;
const ASK_MS = 5_000;

/**
 * Waits until each component answers at the load balancer's URL. Its stack is whole before that: the name of a new load
 * balancer has to spread, and a new rule to reach all of its machines.
 * @throws Refused naming the component that does not answer in two minutes
 */
export async function reached(
  url: string,
  components: readonly ComponentName[],
  withinMs = WITHIN_MS,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  for (const component of components) {
    while (!(await answers(url, component))) {
      if (performance.now() > deadline)
        throw new Refused(`${component} runs, but does not answer at ${url} from here.`);
      await wait(LOOK_MS);
    }
  }
}

/** Whether a task of the component answered, and not the load balancer in its place. */
async function answers(url: string, component: ComponentName): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/readyz`, {
      headers: { 'x-cleave-component': component },
      signal: AbortSignal.timeout(ASK_MS),
    });
    await answer.arrayBuffer();
    return answer.ok && answer.headers.has('x-served-by');
  } catch {
    return false; // whatever it is, it is looked again until the time is over, and then told
  }
}
