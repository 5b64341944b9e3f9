// Which version answers, told by the shape of a user.
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

const user = z.object({ pronouns: z.string().optional() });
const EVERY_MS = 50;

export interface Shapes {
  withField: number;
  withoutField: number;
  failed: number;
  /** From the first answer with the field to the last one without: for so long both versions were seen to serve. */
  sideBySideSeconds: number;
}

/** Reads a user again and again until it is told to end. */
export function watchShapes(baseUrl: string): { end(): Promise<Shapes> } {
  const seen: Shapes = { withField: 0, withoutField: 0, failed: 0, sideBySideSeconds: 0 };
  let firstWith: number | undefined;
  let isOver = false;
  const look = async (): Promise<void> => {
    const has = await hasField(baseUrl);
    if (has === undefined) seen.failed += 1;
    else if (has) {
      seen.withField += 1;
      firstWith ??= performance.now();
    } else {
      seen.withoutField += 1;
      if (firstWith !== undefined) seen.sideBySideSeconds = (performance.now() - firstWith) / 1_000;
    }
  };
  const watching = (async () => {
    while (!isOver) {
      await look();
      await wait(EVERY_MS);
    }
  })();
  return {
    async end() {
      isOver = true;
      await watching;
      return seen;
    },
  };
}

/** Undefined without a right answer in 2 s. */
export async function hasField(baseUrl: string): Promise<boolean | undefined> {
  try {
    const answer = await fetch(`${baseUrl}/api/users/1`, { signal: AbortSignal.timeout(2_000) });
    const body: unknown = await answer.json();
    return answer.status === 200 ? user.parse(body).pronouns !== undefined : undefined;
  } catch {
    return undefined; // counted as failed, whatever it was
  }
}

/** Registers somebody with the field, reads them, changes the field. @returns whether all of it worked */
export async function usesField(baseUrl: string, username: string): Promise<boolean> {
  const send = async (method: string, path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${baseUrl}${path}`, { method, headers, body: JSON.stringify(body) });
    return z.object({ id: z.int(), pronouns: z.string() }).parse(await answer.json());
  };
  const made = await send('POST', '/api/users', { username, name: 'Kim', bio: '', pronouns: 'they/them' });
  const changed = await send('PATCH', `/api/users/${made.id}`, { pronouns: 'he/him' });
  return made.pronouns === 'they/them' && changed.pronouns === 'he/him';
}
