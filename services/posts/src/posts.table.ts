import type { Generated } from 'kysely';

/** The tables of the module, in the schema `posts`. */
export interface PostsTables {
  'posts.posts': {
    id: Generated<number>;
    thread: number;
    text: string;
    user: number;
  };
}
