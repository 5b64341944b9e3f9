// Reduces k6's raw CSV (`--out csv`: one line a metric and sample) to one sample a request.
import { createReadStream } from 'node:fs';
import { linesOf } from './lines.ts';
import type { Sample } from './samples.ts';

/** What is counted on the way. */
export type Tally = { droppedIterations: number };

type Row = { metric: string; endMs: number; value: string; tag: (name: string) => string };

/** A timeout while waiting for an answer, and one while connecting (k6's error codes). */
const TIMEOUTS = new Set(['1050', '1211']);

// What the script noticed in an answer comes after its request, normally within microseconds. A request is
// held back for this long, on the samples' clock, to be matched.
const HOLD_MS = 10_000;

/** Splits lines by the header's columns. No tag that the scripts set holds a comma or a quote. */
const rowReader = (header: string): ((line: string) => Row) => {
  const columns = header.split(',');
  const index = new Map(columns.map((name, i) => [name, i]));
  for (const name of [
    'metric_name',
    'timestamp',
    'metric_value',
    'name',
    'status',
    'expected_response',
    'scenario',
  ]) {
    if (!index.has(name)) throw new Error(`k6's samples have no column ${name}: ${header}`);
  }
  return (line) => {
    const cells = line.split(',');
    if (cells.length !== columns.length) throw new Error(`not a line of k6's samples: ${line}`);
    const tag = (name: string): string => cells[index.get(name) ?? -1] ?? '';
    return {
      metric: tag('metric_name'),
      endMs: Number(tag('timestamp')) / 1000,
      value: tag('metric_value'),
      tag,
    };
  };
};

/** k6 writes a request's duration without the wait for a connection, and that wait on the next line. */
const sampleOf = (duration: Row, blocked: Row, timeoutMs: number): Sample => {
  const measured = Number(duration.value) + Number(blocked.value);
  // Where no connection came about k6 measured nothing, although the user waited.
  const durationMs = TIMEOUTS.has(duration.tag('error_code')) ? Math.max(measured, timeoutMs) : measured;
  return {
    timeMs: Math.floor(duration.endMs - durationMs),
    route: duration.tag('name'),
    status: Number(duration.tag('status')),
    durationMs,
    failed: duration.tag('expected_response') !== 'true',
    degraded: false,
  };
};

/** Requests that a later line may still say something about, by route and exact duration. */
const holdBack = () => {
  const held = new Map<string, { sample: Sample; endMs: number }>();
  const keyOf = (row: Row): string => `${row.tag('name')} ${row.value}`;
  return {
    *add(row: Row, sample: Sample): Generator<Sample> {
      const twin = held.get(keyOf(row));
      if (twin) yield twin.sample;
      held.delete(keyOf(row));
      held.set(keyOf(row), { sample, endMs: row.endMs });
    },
    get(row: Row): Sample {
      const found = held.get(keyOf(row));
      if (!found) throw new Error(`${row.metric} of ${keyOf(row)} ms belongs to no request`);
      return found.sample;
    },
    *release(beforeMs: number): Generator<Sample> {
      for (const [key, { sample, endMs }] of held) {
        if (endMs >= beforeMs) return;
        held.delete(key);
        yield sample;
      }
    },
  };
};

/**
 * Reads k6's CSV (times in microseconds) as a stream and yields the requests of the load, not those before it.
 * `timeoutMs` is the request timeout that the script ran with. Counts dropped iterations in `tally`.
 */
export async function* readK6Csv(file: string, timeoutMs: number, tally: Tally): AsyncGenerator<Sample> {
  const held = holdBack();
  let read: ((line: string) => Row) | undefined;
  let request: Row | undefined;
  for await (const line of linesOf(createReadStream(file, 'utf8'))) {
    if (!read) {
      read = rowReader(line);
      continue;
    }
    const metric = line.slice(0, line.indexOf(','));
    if (metric === 'http_req_duration') request = read(line);
    else if (metric === 'http_req_blocked' && request) {
      if (request.tag('scenario') !== '') yield* held.add(request, sampleOf(request, read(line), timeoutMs));
      yield* held.release(request.endMs - HOLD_MS);
      request = undefined;
    } else if (metric === 'degraded_answers') held.get(read(line)).degraded = true;
    else if (metric === 'wrong_answers') held.get(read(line)).failed = true;
    else if (metric === 'dropped_iterations') tally.droppedIterations += Number(read(line).value);
  }
  yield* held.release(Infinity);
}
