import type { Generated } from 'kysely';

/** The tables of the module, in the schema `users`. */
export interface UsersTables {
  'users.users': {
    id: Generated<number>;
    username: string;
    name: string;
    bio: string;
  };
}
