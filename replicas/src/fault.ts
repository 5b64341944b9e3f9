/**
 * - `gone`: nobody at the address takes or refuses a connection, as after the loss of a machine
 * - `unreachable`: a connection was refused, or brought no answer
 * - `stale`: a kept-alive connection that the other side closed just as it was used again
 * - `slow`: a connection, and no answer in time
 */
export type FaultKind = 'gone' | 'unreachable' | 'stale' | 'slow';

/** A replica failed before its answer. */
export class ReplicaFault extends Error {
  readonly kind: FaultKind;
  constructor(kind: FaultKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

/** No replica may be asked now: each circuit is open, or the name was never resolved. */
export class NoReplica extends Error {}

/** Another replica answered first, in `tookMs` from when it was asked; or the request ended with no answer at all. */
export class Outrun extends Error {
  readonly tookMs: number;
  constructor(tookMs = Number.POSITIVE_INFINITY) {
    super('the request is over');
    this.tookMs = tookMs;
  }
}

const noWay = new Set(['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'UND_ERR_CONNECT_TIMEOUT']);

/** Whether an error of a connection says that nobody was there, not even to refuse it. */
export const tellsOfNobody = (error: { code?: string }): boolean => noWay.has(error.code ?? '');
