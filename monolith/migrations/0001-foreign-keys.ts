import { type Kysely, sql } from 'kysely';

/** What only one database can give: references that hold across modules. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table threads.threads add foreign key (created_by) references users.users`.execute(db);
  await sql`alter table posts.posts add foreign key (thread) references threads.threads`.execute(db);
  await sql`alter table posts.posts add foreign key ("user") references users.users`.execute(db);
}
