import { connect } from 'node:net';
import { PATIENCE_MS } from './inside/knock.ts';
import type { Trick } from './tricks.ts';

const MOST_BYTES = 256 * 1024;

/** Sends a GET exactly as given and gives the whole answer as text; what came until then when it takes too long. */
export function rawRequest(host: string, port: number, { target, headers }: Trick): Promise<string> {
  const all = { host: `${host}:${port}`, connection: 'close', ...headers };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: PATIENCE_MS });
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      answer += String(text);
      if (answer.length > MOST_BYTES) socket.destroy();
    });
    socket.once('timeout', () => socket.destroy());
    socket.once('error', reject);
    socket.once('close', () => resolve(answer));
    socket.write(`GET ${target} HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n`);
  });
}

/** The status of an answer as text; 0 where there was none. */
export const statusOf = (answer: string): number => Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0);
