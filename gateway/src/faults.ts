import { TooSlow, Unavailable } from '@cleave/kit/errors';

/**
 * - `unreachable`: no connection, or none that brought an answer
 * - `stale`: a kept-alive connection that the other side closed just as it was used again
 * - `slow`: a connection, and no answer in time
 */
export type FaultKind = 'unreachable' | 'stale' | 'slow';

/** An upstream's address failed before the head of an answer. */
export class UpstreamFault extends Error {
  readonly kind: FaultKind;
  constructor(kind: FaultKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** The client left before its answer was whole: nobody's fault, and nobody is there to be told. */
export class ClientGone extends Error {}

/** What the client is told of `error`, without addresses or other internals. */
export function toAnswerable(name: string, error: unknown): unknown {
  if (!(error instanceof UpstreamFault)) return error;
  if (error.kind === 'slow') return new TooSlow(`${name} did not answer in time.`, { cause: error });
  return new Unavailable(`${name} does not answer.`, { cause: error });
}
