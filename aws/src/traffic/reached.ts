import { setTimeout as wait } from 'node:timers/promises';
import { type ComponentName, serviceNames } from '../components/components.ts';
import { Refused } from '../site.ts';

const WITHIN_MS = 120_000;
const LOOK_MS = 500;
const ASK_MS = 5_000;

/** What has to be answered, and the headers that lead it to whom it is for. */
interface Ask {
  what: string;
  path: string;
  headers: Record<string, string>;
}

/**
 * Waits until each component and each path of the API answers at the load balancer's URL. Their stacks are whole before
 * that: the name of a new load balancer has to spread, and a new rule to reach all of its machines.
 * @throws Refused naming what does not answer in two minutes
 */
export async function reached(
  url: string,
  components: readonly ComponentName[],
  withinMs = WITHIN_MS,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  const asks: Ask[] = [
    ...components.map((name) => ({ what: name, path: '/readyz', headers: { 'x-cleave-component': name } })),
    ...serviceNames.map((name) => ({ what: `/api/${name}`, path: `/api/${name}?limit=1`, headers: {} })),
  ];
  for (const ask of asks) {
    while (!(await answers(url, ask))) {
      if (performance.now() > deadline)
        throw new Refused(`Everything runs, but ${ask.what} does not answer at ${url} from here.`);
      await wait(LOOK_MS);
    }
  }
}

/** Whether a task answered, and not the load balancer in its place. */
async function answers(url: string, { path, headers }: Ask): Promise<boolean> {
  try {
    const answer = await fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(ASK_MS) });
    await answer.arrayBuffer();
    return answer.ok && answer.headers.has('x-served-by');
  } catch {
    return false; // whatever it is, it is looked again until the time is over, and then told
  }
}
