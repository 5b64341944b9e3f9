// Watches one connection of autocannon, so that each of its requests becomes a sample.
import type { EventEmitter } from 'node:events';
import { readAnswer } from '@cleave/load/answer';
import type { Client, Request } from 'autocannon';
import type { Plan, Planned } from './preview-plan.ts';
import type { Sample } from './samples.ts';

/** autocannon connects again at once and for ever, which takes a whole core while nothing listens. */
const RECONNECT_MS = 200;

type UnderWay = Planned & { timeMs: number; startMs: number };

const requestOf = ({
  route,
  message,
  unique,
}: Planned): Pick<Request, 'method' | 'path' | 'headers' | 'body'> => ({
  method: route.method,
  path: message.path,
  headers: {
    ...(message.body ? { 'content-type': 'application/json' } : {}),
    ...(route.method === 'POST' ? { 'idempotency-key': unique } : {}),
  },
  body: message.body ? JSON.stringify(message.body) : undefined,
});

// There is no option for this; the method is autocannon's own.
const slowReconnects = (client: Client): void => {
  const connect: unknown = Reflect.get(client, '_connect');
  if (typeof connect !== 'function') throw new Error('this autocannon connects in another way');
  let first = true;
  let timer: NodeJS.Timeout | undefined;
  const again = (): void => {
    timer = undefined;
    if (Reflect.get(client, 'destroyed') !== true) Reflect.apply(connect, client, []);
  };
  Reflect.set(client, '_connect', () => {
    if (first) again();
    else if (timer === undefined) timer = setTimeout(again, RECONNECT_MS);
    first = false;
  });
};

/** Makes a connection take its requests from the plan; each one that ends becomes a sample. */
export const watchClient = (client: Client, plan: Plan, onSample: (sample: Sample) => void): void => {
  let underWay: UnderWay | undefined;
  const end = (status: number, body: string): void => {
    if (!underWay) return;
    const { route, timeMs, startMs } = underWay;
    underWay = undefined;
    const { expected, wrong, degraded, createdPost } = readAnswer(route, status, body);
    if (createdPost !== undefined) plan.own.push(createdPost);
    const durationMs = performance.now() - startMs;
    onSample({ timeMs, route: route.name, status, durationMs, failed: !expected || wrong, degraded });
  };
  const setupRequest = (defaults: Request): Request => {
    end(0, ''); // the connection closed without a word
    const planned = plan.next();
    underWay = { ...planned, timeMs: Date.now(), startMs: performance.now() };
    return { ...defaults, ...requestOf(planned) };
  };
  const events: EventEmitter = client;
  events.on('connError', () => end(0, ''));
  events.on('timeout', () => end(0, ''));
  slowReconnects(client);
  client.setRequests([{ setupRequest, onResponse: (status, body) => end(status, body) }]);
};
