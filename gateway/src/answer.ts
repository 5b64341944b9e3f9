import type { IncomingMessage, ServerResponse } from 'node:http';
import { createPatience } from '@cleave/replicas/patience';
import { copyAnswerHeaders } from './headers.ts';

/** How passing on an answer ended. After the last two the client's connection is closed: it sees a broken answer. */
export type Outcome = 'whole' | 'client left' | 'upstream broke off';

/**
 * Passes an upstream's answer on to the client, no faster than the client takes it.
 * @param bodyIdleMs longest pause of the upstream between two pieces
 * @param clientIdleMs longest time in which the client takes nothing
 */
export function passOn(
  answer: IncomingMessage,
  res: ServerResponse,
  { bodyIdleMs, clientIdleMs }: { bodyIdleMs: number; clientIdleMs: number },
): Promise<Outcome> {
  res.statusCode = answer.statusCode ?? 502;
  copyAnswerHeaders(answer, res);
  return new Promise((resolve) => {
    let outcome: Outcome = 'client left';
    const idle = createPatience(bodyIdleMs, () => {
      // the upstream is not to blame while it is the client that takes nothing
      if (res.writableNeedDrain) idle.refresh();
      else answer.destroy(new Error('the upstream paused for too long'));
    });
    answer.on('data', idle.refresh).on('error', () => {
      outcome = 'upstream broke off';
      res.destroy();
    });
    res.setTimeout(clientIdleMs, () => res.destroy()).on('drain', idle.refresh);
    res.once('close', () => {
      idle.end();
      resolve(res.writableFinished ? 'whole' : outcome);
      answer.destroy();
    });
    // not stream.pipeline: it makes and drops an AbortError with every answer, 3 % of the gateway's CPU time
    answer.pipe(res);
  });
}
