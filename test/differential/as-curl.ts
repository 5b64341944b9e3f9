import type { Ask } from '../support/http.ts';

/** Text as it goes over the wire, a byte a character, for a shell. */
const quoted = (bytes: string): string => `$'${[...bytes].map(escaped).join('')}'`;

function escaped(byte: string): string {
  if (byte === "'" || byte === '\\') return `\\${byte}`;
  return byte >= ' ' && byte <= '~' ? byte : `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`;
}

/** A command that sends a request again, for a person to copy; `baseUrl` may be a shell variable. */
export function asCurl({ method, path, headers = {}, body, chunkBytes }: Ask, baseUrl: string): string {
  const parts = ['curl', '-i', '--path-as-is', method === 'HEAD' ? '-I' : `-X ${method}`];
  for (const [name, value] of Object.entries(headers)) {
    for (const one of [value].flat()) parts.push(`-H ${quoted(one === '' ? `${name};` : `${name}: ${one}`)}`);
  }
  if (chunkBytes !== undefined) parts.push("-H 'transfer-encoding: chunked'");
  if (body !== undefined) parts.push(`--data-binary ${quoted(Buffer.from(body).toString('latin1'))}`);
  return [...parts, `"${baseUrl}"${quoted(path)}`].join(' ');
}
