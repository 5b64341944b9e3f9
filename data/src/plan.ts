/** What every fresh database holds already: the highest id of each table. Generated ids go on from there. */
export const seeded = { users: 4, threads: 3, posts: 6 } as const;

export type TableName = keyof typeof seeded;

/** How many rows are generated for each table, and from which seed: the same plan makes the same bytes. */
export interface Plan {
  seed: number;
  rows: Readonly<Record<TableName, number>>;
}

/**
 * A plan for a number of posts. There is a user and a thread for ten posts: few enough that popular threads
 * have pages of posts, and enough that users and threads do not all sit in the database's cache.
 */
export function planFor(posts: number, seed: number): Plan {
  const tenth = Math.ceil(posts / 10);
  return { seed, rows: { users: tenth, threads: tenth, posts } };
}

/** The last id that a table has once the plan is loaded. */
export const lastId = (plan: Plan, table: TableName): number => seeded[table] + plan.rows[table];
