import { type DestinationStream, type Logger, pino } from 'pino';
import { currentRequest } from './request-context.ts';

export type Log = Logger;

const secrets = ['password', 'authorization', 'connectionString', 'token'];

/**
 * One JSON object a line on stdout. A line written while a request is served carries its `requestId`;
 * members whose name tells a secret are removed.
 */
export function createLog(
  component: string,
  config: { INSTANCE: string; LOG_LEVEL: string },
  destination: DestinationStream = pino.destination({ sync: false, minLength: 4_096, periodicFlush: 100 }),
): Log {
  return pino(
    {
      level: config.LOG_LEVEL,
      base: { component, instance: config.INSTANCE },
      redact: { paths: secrets.flatMap((name) => [name, `*.${name}`]), remove: true },
      mixin: () => ({ requestId: currentRequest()?.requestId }),
    },
    destination,
  );
}
