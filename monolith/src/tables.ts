import type { PostsTables } from '@cleave/posts';
import type { ThreadsTables } from '@cleave/threads';
import type { UsersTables } from '@cleave/users';

/** All tables in one database: the monolith may join them. */
export type Tables = UsersTables & ThreadsTables & PostsTables;
