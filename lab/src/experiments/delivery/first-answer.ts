import { waitUntil } from '../../trial/wait.ts';

const BETWEEN_MS = 20;
const PATIENCE_MS = 2_000;

/** Asks for posts until an answer comes from an instance of this name. @returns when that was (epoch ms) */
export async function firstAnswerBy(instance: string, baseUrl: string, signal: AbortSignal): Promise<number> {
  for (;;) {
    signal.throwIfAborted();
    if ((await servedBy(`${baseUrl}/api/posts?limit=1`, signal)) === instance) return Date.now();
    await waitUntil(Date.now() + BETWEEN_MS, signal);
  }
}

/** Who answered well; undefined when nobody did. */
async function servedBy(url: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) });
    await answer.arrayBuffer();
    return answer.ok ? (answer.headers.get('x-served-by') ?? undefined) : undefined;
  } catch {
    return undefined; // nobody listens, or it was cut off: that is what is being waited out
  }
}
