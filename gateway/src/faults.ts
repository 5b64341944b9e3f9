import { TooSlow, Unavailable } from '@cleave/kit/errors';
import { ReplicaFault } from '@cleave/replicas/fault';

/** The client left before its answer was whole: nobody's fault, and nobody is there to be told. */
export class ClientGone extends Error {}

/** What the client is told of `error`, without addresses or other internals. */
export function toAnswerable(name: string, error: unknown): unknown {
  if (!(error instanceof ReplicaFault)) return error;
  if (error.kind === 'slow') return new TooSlow(`${name} did not answer in time.`, { cause: error });
  return new Unavailable(`${name} does not answer.`, { cause: error });
}
