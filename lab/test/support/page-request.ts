import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** Sends a request with exactly these headers, as no browser and no fetch would. */
export async function ask(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body = '',
): Promise<{ status: number; body: string }> {
  const asked = request(new URL(path, url), { method, headers, agent: false });
  asked.end(body);
  const [response]: IncomingMessage[] = await once(asked, 'response');
  if (!response) throw new Error('there was no answer');
  return { status: response.statusCode ?? 0, body: await text(response) };
}

/** The token that the page carries. */
export async function tokenOf(url: string): Promise<string> {
  const { body } = await ask(url, 'GET', '/', { host: new URL(url).host });
  return /name="page-token" content="([^"]+)"/.exec(body)?.[1] ?? '';
}
