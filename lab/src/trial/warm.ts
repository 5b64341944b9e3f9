import { answersWell } from './ask.ts';

/** Reads of every module; seed data has a first user and a first thread. */
const paths = [
  '/api/users?limit=20',
  '/api/users/1',
  '/api/threads?limit=20',
  '/api/threads/1',
  '/api/threads/1/discussion?limit=20',
  '/api/posts?limit=20',
  '/api/posts/in-thread/1?limit=20',
  '/api/posts/by-user/1?limit=20',
];
const askersEach = 6;

const ask = async (baseUrl: string, first: number, untilMs: number, signal: AbortSignal): Promise<void> => {
  for (let turn = first; Date.now() < untilMs; turn += 1) {
    await answersWell(`${baseUrl}${paths[turn % paths.length]}`, signal);
  }
};

/**
 * Keeps topologies busy with reads for `seconds`, all at once. Code that has just started is interpreted at first:
 * without this, the first trial of each would measure the compiler. Closed-loop, so that nothing is overrun.
 */
export const warm = async (
  baseUrls: readonly string[],
  seconds: number,
  signal: AbortSignal,
): Promise<void> => {
  const untilMs = Date.now() + seconds * 1000;
  const askers = baseUrls.flatMap((url) =>
    Array.from({ length: askersEach }, (_, first) => ask(url, first, untilMs, signal)),
  );
  await Promise.all(askers);
};
