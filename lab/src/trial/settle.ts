import { answersWell } from './ask.ts';
import { waitUntil } from './wait.ts';

/** One route of each module: a topology is well when it answers all of them. */
const routes = ['/api/users?limit=1', '/api/threads?limit=1', '/api/posts?limit=1'];
const roundsInARow = 3;
const betweenMs = 100;
const mostMs = 30_000;

/** A topology does not answer as it should before anything was done to it. */
export class NotWell extends Error {}

/**
 * Waits until a topology answers each module's list three times in a row: after a fault a circuit may still be open.
 * Throws NotWell when that takes longer than 30 s, or the signal's reason when it is aborted.
 */
export const waitUntilWell = async (baseUrl: string, signal: AbortSignal): Promise<void> => {
  const deadline = Date.now() + mostMs;
  for (let rounds = 0; rounds < roundsInARow; ) {
    const answered = await Promise.all(routes.map((route) => answersWell(`${baseUrl}${route}`, signal)));
    rounds = answered.every(Boolean) ? rounds + 1 : 0;
    if (Date.now() > deadline)
      throw new NotWell(`${baseUrl} did not answer all modules within ${mostMs / 1000} s`);
    await waitUntil(Date.now() + betweenMs, signal);
  }
};
