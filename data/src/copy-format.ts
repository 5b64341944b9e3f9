import type { Row } from './rows/row.ts';

const chunkBytes = 65_536;

const escapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

/** A row as a line of COPY's text format. */
export function copyLine(row: Row): string {
  const fields = row.map((value) =>
    typeof value === 'number' ? value : value.replace(/[\\\t\n\r]/g, (found) => escapes[found] ?? found),
  );
  return `${fields.join('\t')}\n`;
}

/** A piece of COPY's input: whole lines. */
export interface Chunk {
  bytes: Buffer;
  rows: number;
}

/** At most `limit` further rows, in chunks of about 64 KiB. The generator of the rows stays open. */
export function* chunks(rows: Generator<Row>, limit: number): Generator<Chunk> {
  let lines = '';
  let count = 0;
  for (let taken = 0; taken < limit; taken += 1) {
    const { value, done } = rows.next();
    if (done) break;
    lines += copyLine(value);
    count += 1;
    if (lines.length < chunkBytes) continue;
    yield { bytes: Buffer.from(lines), rows: count };
    lines = '';
    count = 0;
  }
  if (count > 0) yield { bytes: Buffer.from(lines), rows: count };
}
