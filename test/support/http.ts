import { Agent, type IncomingMessage, request } from 'node:http';

/** A request to be sent exactly as it is written here: nothing in the path is encoded or normalised. */
export interface Ask {
  method: string;
  path: string;
  headers?: Readonly<Record<string, string | string[]>>;
  body?: string | Buffer;
  /** Sends the body in chunks of at most so many bytes, without announcing its length. */
  chunkBytes?: number;
}

export interface Answer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: Buffer;
}

export interface HttpClient {
  /** @throws Error when there is no whole answer in time */
  send(ask: Ask): Promise<Answer>;
  close(): void;
}

/**
 * A client that keeps connections alive and adds only Host, Connection and the framing of a body.
 * @param timeoutMs for a whole answer
 */
export function createHttpClient(baseUrl: string, timeoutMs = 15_000): HttpClient {
  const { hostname, port } = new URL(baseUrl);
  const agent = new Agent({ keepAlive: true });
  return {
    send: (ask) =>
      new Promise((resolve, reject) => {
        const { method, path, headers = {} } = ask;
        const signal = AbortSignal.timeout(timeoutMs);
        const sent = request({
          hostname,
          port,
          agent,
          method,
          path,
          headers: { ...framing(ask), ...headers },
          signal,
        });
        sent.once('response', (answer) => collect(answer).then(resolve, reject));
        sent.once('error', reject);
        for (const chunk of chunksOf(ask)) sent.write(chunk);
        sent.end();
      }),
    close: () => agent.destroy(),
  };
}

function framing({ body, chunkBytes }: Ask): Record<string, string> {
  if (body === undefined) return {};
  if (chunkBytes !== undefined) return { 'transfer-encoding': 'chunked' };
  return { 'content-length': String(Buffer.byteLength(body)) };
}

function chunksOf({ body, chunkBytes }: Ask): Buffer[] {
  const bytes = Buffer.from(body ?? '');
  const size = chunkBytes ?? bytes.length;
  const starts = Array.from({ length: size === 0 ? 0 : Math.ceil(bytes.length / size) }, (_, i) => i * size);
  return starts.map((start) => bytes.subarray(start, start + size));
}

async function collect(answer: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk);
  const headers = Object.fromEntries(
    Object.entries(answer.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
  return { status: answer.statusCode ?? 0, headers, body: Buffer.concat(chunks) };
}
