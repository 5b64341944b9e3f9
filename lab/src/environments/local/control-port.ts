import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Longer than any fault that blocks a component keeps it from answering. */
const PATIENCE_MS = 15_000;

/** A component's control port on 127.0.0.1, and the token that opens it. */
export interface ControlPort {
  controlPort: number;
  token: string;
}

/**
 * Asks a control port, on a connection of its own; gives the parsed JSON answer, undefined for an empty one.
 * @throws Error on any status but 2xx, and when there is no answer within 15 s
 */
export async function askControlPort(
  { controlPort: port, token }: ControlPort,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<unknown> {
  const sent = body === undefined ? '' : JSON.stringify(body);
  const headers = {
    authorization: `Bearer ${token}`,
    ...(body !== undefined && {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(sent),
    }),
  };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; answer: string }>();
  const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false, signal });
  asked.once('error', reject);
  asked.once('response', (response) => {
    text(response).then((answer) => resolve({ status: response.statusCode ?? 0, answer }), reject);
  });
  asked.end(sent);
  const { status, answer } = await promise;
  if (status < 200 || status > 299) throw new Error(`${method} ${path} was answered by ${status}: ${answer}`);
  return answer === '' ? undefined : JSON.parse(answer);
}
