import { once } from 'node:events';
import { connect } from 'node:net';
import type { Answer } from './http.ts';

/**
 * Sends bytes over a connection of their own and reads until the other side ends it, for what no HTTP client sends.
 * @throws Error when that takes longer than 15 s, or what comes back is not one HTTP answer
 */
export async function sendBytes(baseUrl: string, bytes: string | Buffer): Promise<Answer> {
  const { hostname, port } = new URL(baseUrl);
  const socket = connect({ host: hostname, port: Number(port), timeout: 15_000 });
  socket.once('timeout', () => socket.destroy(new Error('no end of the answer within 15 s')));
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // a server that refuses may close while we still write; what it answered is there all the same
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return parseAnswer(withoutInterim(Buffer.concat(chunks)));
}

const interim = Buffer.from('HTTP/1.1 100 Continue\r\n\r\n');

const withoutInterim = (bytes: Buffer): Buffer =>
  bytes.subarray(0, interim.length).equals(interim) ? bytes.subarray(interim.length) : bytes;

function parseAnswer(bytes: Buffer): Answer {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1)
    throw new Error(`this is not an HTTP answer: ${JSON.stringify(bytes.toString('latin1', 0, 200))}`);
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, body: bytes.subarray(end + 4) };
}
