import { Conflict, NotFound } from '@cleave/kit/errors';
import { isUniqueViolation } from '@cleave/module-kit/database-errors';
import { once } from '@cleave/module-kit/idempotency';
import type { Kysely } from 'kysely';
import { findUser, insertUser, updateUser } from './users.repository.ts';
import { type NewUser, type User, type UserChanges, userSchema } from './users.schema.ts';
import type { UsersTables } from './users.table.ts';

type Db = Kysely<UsersTables>;

/** @throws NotFound */
export async function readUser(db: Db, id: number): Promise<User> {
  return found(await findUser(db, id), id);
}

/** @throws Conflict when the username is taken */
export function createUser(db: Db, user: NewUser, key: string | undefined): Promise<User> {
  const write = { schema: 'users', route: 'POST /api/users', key, body: user, stored: userSchema };
  return once(
    db,
    write,
    async () => {},
    (trx) => insertNew(trx, user),
  );
}

async function insertNew(db: Db, user: NewUser): Promise<User> {
  const taken = () => new Conflict(`The username ${user.username} is taken.`);
  const row = await insertUser(db, user).catch((error: unknown) => {
    throw isUniqueViolation(error) ? taken() : error;
  });
  if (row === undefined) throw taken();
  return row;
}

/** @throws NotFound */
export async function changeUser(db: Db, id: number, changes: UserChanges): Promise<User> {
  return found(await updateUser(db, id, changes), id);
}

function found(user: User | undefined, id: number): User {
  if (user === undefined) throw new NotFound(`There is no user ${id}.`);
  return user;
}
