import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createPatience } from '@cleave/replicas/patience';
import type { Answer, BodyStream } from './engine.ts';

/** How passing on an answer ended. After the last two the client's connection is closed: it sees a broken answer. */
export type Outcome = 'whole' | 'client left' | 'upstream broke off';

/** How long may be waited while an answer is passed on, in milliseconds. */
interface Pauses {
  /** Of the upstream, between two pieces. */
  bodyIdleMs: number;
  /** Of the client, which takes nothing. */
  clientIdleMs: number;
}

/**
 * Passes an upstream's answer on to the client, no faster than the client takes it.
 * @param headers for the client: names and values, in turn
 */
export async function passOn(
  { status, body }: Answer,
  headers: string[],
  res: ServerResponse,
  pauses: Pauses,
): Promise<Outcome> {
  res.writeHead(status, headers);
  if (typeof body !== 'string') return stream(body, res, pauses);
  res.end(body, 'latin1'); // a string goes out in one piece with the head
  if (res.writableLength === 0) return 'whole'; // the system has it, as nearly always
  const closed = once(res, 'close');
  endIdleClient(res, pauses);
  await closed;
  return res.writableFinished ? 'whole' : 'client left';
}

const endIdleClient = (res: ServerResponse, { clientIdleMs }: Pauses): void =>
  void res.setTimeout(clientIdleMs, () => res.destroy());

function stream(body: BodyStream, res: ServerResponse, pauses: Pauses): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  let outcome: Outcome = 'client left';
  const breakOff = (): void => {
    outcome = 'upstream broke off';
    res.destroy();
  };
  const idle = createPatience(pauses.bodyIdleMs, () => {
    // the upstream is not to blame while it is the client that takes nothing
    if (res.writableNeedDrain) idle.refresh();
    else breakOff();
  });
  endIdleClient(res, pauses);
  res.on('drain', () => {
    idle.refresh();
    body.resume();
  });
  res.once('close', () => {
    idle.end();
    resolve(res.writableFinished ? 'whole' : outcome);
    body.destroy();
  });
  res.cork(); // the head goes out with what has already come
  res.flushHeaders();
  body.read({
    onPiece(bytes) {
      idle.refresh();
      if (!res.write(bytes)) body.pause();
    },
    onEnd() {
      idle.end();
      res.end();
    },
    onBreak: breakOff,
  });
  res.uncork();
  return promise;
}
