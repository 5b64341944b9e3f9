import type { Plan, TableName } from './plan.ts';
import { posts } from './rows/posts.ts';
import type { Row } from './rows/row.ts';
import { threads } from './rows/threads.ts';
import { users } from './rows/users.ts';

/** A table as the loader sees it. */
export interface Table {
  name: TableName;
  /** The table with its schema, as SQL. */
  sql: string;
  columns: string;
  /** Where the module notes which writes it has answered. */
  idempotency: string;
  rows: (plan: Plan) => Generator<Row>;
}

const table = (name: TableName, columns: string, rows: Table['rows']): Table => ({
  name,
  sql: `${name}.${name}`,
  columns,
  idempotency: `${name}.idempotency`,
  rows,
});

/** The tables in the order in which they refer to each other. */
export const tables: Readonly<Record<TableName, Table>> = {
  users: table('users', 'id, username, name, bio', users),
  threads: table('threads', 'id, title, created_by', threads),
  posts: table('posts', 'id, thread, text, "user"', posts),
};
