// The raw samples of a run: a gzip file of comma-separated lines, one request each, about in the order of their ends.
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline as pipelineTo } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { linesOf } from './lines.ts';

export type Sample = {
  /** When the request started: milliseconds since 1970. */
  timeMs: number;
  /** Method and pattern, as in openapi.yaml. */
  route: string;
  /** 0: no whole answer (refused, reset, cut off, timed out). */
  status: number;
  /** From the start, connecting included, to the last byte. */
  durationMs: number;
  /** No answer, or not the status or the shape that the mix expects. */
  failed: boolean;
  /** A right answer that says that a part is missing. */
  degraded: boolean;
};

const HEADER = 'timeMs,route,status,durationMs,failed,degraded';
const CHUNK_LINES = 500;

const lineOf = (s: Sample): string =>
  `${s.timeMs},${s.route},${s.status},${Number(s.durationMs.toFixed(3))},${Number(s.failed)},${Number(s.degraded)}\n`;

async function* chunksOf(samples: AsyncIterable<Sample>): AsyncGenerator<string> {
  let lines = [`${HEADER}\n`];
  for await (const sample of samples) {
    lines.push(lineOf(sample));
    if (lines.length < CHUNK_LINES) continue;
    yield lines.join('');
    lines = [];
  }
  yield lines.join('');
}

/** Writes samples as they come; `file` is whole when the promise is fulfilled. */
export const writeSamples = (file: string, samples: AsyncIterable<Sample>): Promise<void> =>
  pipeline(chunksOf(samples), createGzip(), createWriteStream(file));

const parse = (line: string, file: string): Sample => {
  const [time, route, status, duration, failed, degraded, ...rest] = line.split(',');
  const sample = {
    timeMs: Number(time),
    route: route ?? '',
    status: Number(status),
    durationMs: Number(duration),
    failed: failed === '1',
    degraded: degraded === '1',
  };
  const sound = degraded !== undefined && rest.length === 0 && sample.route !== '';
  const numbers = [sample.timeMs, sample.status, sample.durationMs];
  if (!sound || !numbers.every(Number.isFinite)) throw new Error(`${file}: not a sample: ${line}`);
  return sample;
};

/** Reads a file that {@link writeSamples} wrote, as a stream. Throws on anything that is not a sample. */
export async function* readSamples(file: string): AsyncGenerator<Sample> {
  // A failure of the first stream destroys the second with the same error, and the loop below throws it.
  const text = pipelineTo(createReadStream(file), createGunzip(), () => {}).setEncoding('utf8');
  let header = true;
  for await (const line of linesOf(text)) {
    if (!header) yield parse(line, file);
    else if (line !== HEADER) throw new Error(`${file}: not a file of samples`);
    header = false;
  }
}
