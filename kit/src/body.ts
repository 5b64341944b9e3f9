import type { IncomingMessage } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import getRawBody from 'raw-body';
import { Malformed, PayloadTooLarge } from './errors.ts';

/** The contract's limit for a request body, in bytes. */
export const bodyLimit = 65_536;
// How much, and for how long, of a refused body is read so that the sender gets to see the answer.
const drainBytes = 8 * 1_048_576;
const drainMs = 2_000;

const hasBody = (req: IncomingMessage): boolean =>
  req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;

/**
 * The whole body of a request, empty where it has none.
 * @throws PayloadTooLarge beyond the limit, once what the client still sends was drained within a bound
 * @throws Malformed when the client leaves before the end
 */
export async function readBody(req: IncomingMessage): Promise<Buffer> {
  if (!hasBody(req)) return Buffer.alloc(0);
  try {
    return await getRawBody(req, { limit: bodyLimit, length: req.headers['content-length'] ?? null });
  } catch (error) {
    if (!(error instanceof Error && 'type' in error && error.type === 'entity.too.large')) {
      throw new Malformed('The body ended before its announced length.', { cause: error });
    }
    await drain(req);
    throw new PayloadTooLarge(`The body is larger than ${bodyLimit} bytes.`);
  }
}

/** Reads and drops what is left, until its end, a bound of bytes, or a bound of time. */
async function drain(req: IncomingMessage): Promise<void> {
  let bytes = 0;
  const ended = new Promise<void>((resolve) => {
    req.once('close', resolve).once('end', resolve).resume();
    req.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > drainBytes) resolve();
    });
  });
  await Promise.race([ended, wait(drainMs, undefined, { ref: false })]);
}
