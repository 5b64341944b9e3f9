import { z } from 'zod';
import type { Answer, Ask } from '../support/http.ts';

/** Rows that both topologies have by now; the same ids in both, for as long as all answers are equal. */
export interface Known {
  users: number[];
  usernames: string[];
  threads: number[];
  posts: number[];
  /** A username that no row has. */
  freeUsername(): string;
  /** Notes what an answer says was created. */
  note(ask: Ask, answer: Answer): void;
}

/** A request to be made of what is known when its turn comes. */
export type Plan = (known: Known) => Ask;

const created = z.object({ id: z.int(), username: z.string().optional() });

/** What a database knows when it is fresh. */
export function createKnown(): Known {
  let names = 0;
  const known: Known = {
    users: [1, 2, 3, 4],
    usernames: ['marceline', 'finn', 'pb', 'jake'],
    threads: [1, 2, 3],
    posts: [1, 2, 3, 4, 5, 6],
    freeUsername: () => `new-${names++}`,
    note({ path }, { status, body }) {
      if (status !== 201) return;
      const { id, username } = created.parse(JSON.parse(body.toString()));
      if (username !== undefined) known.usernames.push(username);
      if (path.startsWith('/api/users')) known.users.push(id);
      if (path.startsWith('/api/threads')) known.threads.push(id);
      if (path.startsWith('/api/posts')) known.posts.push(id);
    },
  };
  return known;
}

/** One of a list that is never empty. */
export const pick = <T>(list: readonly T[], index: number): T => {
  const item = list[index % list.length];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
};
