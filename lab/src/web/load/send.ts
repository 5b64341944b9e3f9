import { type Agent, request } from 'node:http';
import type { Planned } from '../../generator/preview-plan.ts';

/** What came back; status 0 when no whole answer did. */
export interface Answer {
  status: number;
  body: string;
}

/** As in k6: a caller waits no longer. */
const TIMEOUT_MS = 2_000;
const nothing: Answer = { status: 0, body: '' };

/** Sends one request of the mix. Never rejects: no answer is an answer here. */
export function send(
  baseUrl: string,
  agent: Agent,
  planned: Pick<Planned, 'route' | 'message' | 'unique'>,
): Promise<Answer> {
  const { route, message, unique } = planned;
  const text = message.body && JSON.stringify(message.body);
  const headers = {
    ...(text === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
    ...(route.method === 'POST' ? { 'idempotency-key': unique } : {}),
  };
  return new Promise((resolve) => {
    const asked = request(baseUrl + message.path, { agent, method: route.method, headers });
    const late = setTimeout(() => asked.destroy(), TIMEOUT_MS);
    const end = (answer: Answer): void => {
      clearTimeout(late);
      resolve(answer);
    };
    asked.once('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.once('end', () => end({ status: response.statusCode ?? 0, body }));
      response.once('error', () => end(nothing));
    });
    asked.once('error', () => end(nothing));
    asked.once('close', () => end(nothing)); // after an answer this says nothing new
    asked.end(text);
  });
}
