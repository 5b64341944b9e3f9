import { setTimeout as delay } from 'node:timers/promises';

/** Statuses and `x-served-by` of so many requests, one after the other, each on a connection of its own. */
export async function askOften(
  url: string,
  times: number,
): Promise<{ statuses: Set<number>; by: Set<string> }> {
  const statuses = new Set<number>();
  const by = new Set<string>();
  for (let asked = 0; asked < times; asked += 1) {
    const response = await fetch(url);
    await response.arrayBuffer();
    statuses.add(response.status);
    by.add(response.headers.get('x-served-by') ?? 'nobody');
  }
  return { statuses, by };
}

/** Sends a JSON body. */
export function post(url: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json' };
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

/** Asks a URL again and again, about 50 times a second, while something is done; gives how often each status came. */
export async function askDuring(url: string, done: Promise<unknown>): Promise<Map<number, number>> {
  const seen = new Map<number, number>();
  let isDone = false;
  const end = (): void => {
    isDone = true;
  };
  done.then(end, end);
  while (!isDone) {
    const response = await fetch(url);
    await response.arrayBuffer();
    seen.set(response.status, (seen.get(response.status) ?? 0) + 1);
    await delay(20);
  }
  await done;
  return seen;
}
