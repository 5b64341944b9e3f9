import type { IncomingMessage, ServerResponse } from 'node:http';

/** Thrown for what the page is to be told: the status and a sentence. */
export class Refused extends Error {
  readonly status: number;
  constructor(status: number, sentence: string) {
    super(sentence);
    this.status = status;
  }
}

const longestBody = 64 * 1024;

/**
 * Reads a body as text.
 * @throws Refused 413 beyond 64 KiB, the limit of the forum itself
 */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > longestBody) throw new Refused(413, 'The body is too long.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString();
}

/**
 * Reads a JSON body; none at all is an empty object.
 * @throws Refused 400 when it is not JSON, 415 when it does not say that it is
 */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request);
  if (text === '') return {};
  if (request.headers['content-type'] !== 'application/json') throw new Refused(415, 'Send JSON.');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refused(400, `The body is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(value));
}
