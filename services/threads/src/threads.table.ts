import type { Generated } from 'kysely';

/** The tables of the module, in the schema `threads`. */
export interface ThreadsTables {
  'threads.threads': {
    id: Generated<number>;
    title: string;
    created_by: number;
  };
}
