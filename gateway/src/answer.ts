import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { copyAnswerHeaders } from './headers.ts';
import { createPatience } from './patience.ts';

/** How passing on an answer ended. After the last two the client's connection is closed: it sees a broken answer. */
export type Outcome = 'whole' | 'client left' | 'upstream broke off';

/**
 * Passes an upstream's answer on to the client, no faster than the client takes it.
 * @param bodyIdleMs longest pause of the upstream between two pieces
 * @param clientIdleMs longest time in which the client takes nothing
 */
export async function passOn(
  answer: IncomingMessage,
  res: ServerResponse,
  { bodyIdleMs, clientIdleMs }: { bodyIdleMs: number; clientIdleMs: number },
): Promise<Outcome> {
  let brokeOff = false;
  // First of all listeners: pipeline's own destroys `res`, after which nobody can tell who broke off.
  answer.once('error', () => {
    brokeOff = !res.destroyed;
  });
  const idle = createPatience(bodyIdleMs, () => {
    // the upstream is not to blame while it is the client that takes nothing
    if (res.writableNeedDrain) idle.refresh();
    else answer.destroy(new Error('the upstream paused for too long'));
  });
  answer.on('data', () => idle.refresh());
  res.on('drain', () => idle.refresh());
  res.setTimeout(clientIdleMs, () => res.destroy());
  res.statusCode = answer.statusCode ?? 502;
  copyAnswerHeaders(answer, res);
  try {
    await pipeline(answer, res);
    return 'whole';
  } catch {
    // which of the two ends it was is all that there is to know, and told by the outcome
    return brokeOff ? 'upstream broke off' : 'client left';
  } finally {
    idle.end();
  }
}
