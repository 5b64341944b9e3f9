import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from } from 'pg-copy-streams';
import { chunks } from './copy-format.ts';
import type { Plan } from './plan.ts';
import type { Table } from './tables.ts';

// Foreign keys are checked at the end of each statement: in steps, progress is honest and the server's
// queue of checks stays small.
const rowsPerStatement = 25_000;

/**
 * Copies the generated rows of a table into a database, no faster than it takes them.
 * @param onRows told how many rows more were handed over
 */
export async function copyTable(
  client: Client,
  table: Table,
  plan: Plan,
  onRows: (rows: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const rows = table.rows(plan);
  for (let left = plan.rows[table.name]; left > 0; left -= rowsPerStatement) {
    const source = Readable.from(handOver(chunks(rows, rowsPerStatement), onRows));
    const sink = client.query(from(`copy ${table.sql} (${table.columns}) from stdin`));
    await pipeline(source, sink, { signal });
  }
}

function* handOver(pieces: ReturnType<typeof chunks>, onRows: (rows: number) => void): Generator<Buffer> {
  for (const { bytes, rows } of pieces) {
    yield bytes;
    onRows(rows);
  }
}
