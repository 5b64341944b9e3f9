import { pagesById } from '@cleave/module-kit/pages-by-id';
import { rowsById } from '@cleave/module-kit/rows-by-id';
import { type Kysely, sql } from 'kysely';
import type { NewUser, User, UserChanges } from './users.schema.ts';
import type { UsersTables } from './users.table.ts';

type Db = Kysely<UsersTables>;
const columns = ['id', 'username', 'name', 'bio'] as const;

/** A user by id, and those of some ids that exist. */
export const { one: findUser, many: findUsers } = rowsById(
  (db: Db, ids): Promise<User[]> =>
    db.selectFrom('users.users').select(columns).where('id', '=', sql<number>`any(${ids})`).execute(),
);

/** A page's rows and one more where there is a next page. */
export const listUsers = pagesById(sql<User>`select id, username, name, bio from users.users`);

/** Undefined where the username is taken, found out before an id is drawn, so that a refusal takes none. */
export async function insertUser(db: Db, user: NewUser): Promise<User | undefined> {
  const { rows } = await sql<User>`
    insert into users.users (username, name, bio)
    select ${user.username}::text, ${user.name}::text, ${user.bio}::text
    where not exists (select from users.users where username = ${user.username})
    returning id, username, name, bio`.execute(db);
  return rows[0];
}

/** Undefined where there is no such user. */
export const updateUser = (db: Db, id: number, changes: UserChanges): Promise<User | undefined> =>
  db.updateTable('users.users').set(changes).where('id', '=', id).returning(columns).executeTakeFirst();
