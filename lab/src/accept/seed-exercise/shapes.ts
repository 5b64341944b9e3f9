// Which version answers, told by the shape of a user.
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';

const user = z.object({ pronouns: z.string().optional() });
const written = z.object({ id: z.int(), pronouns: z.string() });
const EVERY_MS = 50;
const ANSWER_MS = 2_000;

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
    const answer = await fetch(`${baseUrl}/api/users/1`, { signal: AbortSignal.timeout(ANSWER_MS) });
    const body: unknown = await answer.json();
    return answer.status === 200 ? user.parse(body).pronouns !== undefined : undefined;
  } catch {
    return undefined; // counted as failed, whatever it was
  }
}

/** Registers somebody with the field and changes it. @returns whether all of it worked */
export async function usesField(baseUrl: string): Promise<boolean> {
  const send = async (method: string, path: string, body: object) => {
    const headers = { 'content-type': 'application/json' };
    const init = { method, headers, body: JSON.stringify(body), signal: AbortSignal.timeout(ANSWER_MS) };
    return written.parse(await (await fetch(`${baseUrl}${path}`, init)).json());
  };
  const username = `seed-${randomBytes(6).toString('hex')}`;
  try {
    const made = await send('POST', '/api/users', { username, name: 'Kim', bio: '', pronouns: 'they/them' });
    const changed = await send('PATCH', `/api/users/${made.id}`, { pronouns: 'he/him' });
    return made.pronouns === 'they/them' && changed.pronouns === 'he/him';
  } catch {
    return false; // a connection that was kept and is closed now, or an answer without the field
  }
}
