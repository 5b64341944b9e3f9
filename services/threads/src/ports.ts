import type { Page } from '@cleave/module-kit/input';
import type { Discussion } from './discussion.schema.ts';

/** What the threads module asks of users. @throws Unavailable, TooSlow */
export interface UsersPort {
  exists(id: number): Promise<boolean>;
}

/** Reads a discussion: one join where the tables are together, a composition where they are not. */
export interface DiscussionPort {
  /** Undefined where there is no such thread; a page's posts, and one more where there is a next page. */
  read(threadId: number, page: Page): Promise<Discussion | undefined>;
}
