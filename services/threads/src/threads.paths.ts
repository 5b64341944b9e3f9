import { pageQuery } from '@cleave/module-kit/input';
import { listQuery, type Paths } from '@cleave/module-kit/paths';
import { z } from 'zod';
import { discussionSchema } from './discussion.schema.ts';
import { newThreadSchema, threadSchema } from './threads.schema.ts';

const party = { id: 2, title: 'Candy kingdom party, Friday', createdBy: 3 };
const guitar = { id: 3, title: 'Looking for a second-hand guitar', createdBy: 1 };
const newcomer = { title: 'Lost: one backpack', createdBy: 2 };

const discussion = {
  ...party,
  author: { id: 3, username: 'pb', name: 'Paul Barium' },
  posts: [
    {
      id: 5,
      thread: 2,
      text: 'Count me in!',
      user: 2,
      author: { id: 2, username: 'finn', name: 'Finn Alberts' },
    },
  ],
};

export const threadsPaths: Paths = {
  'GET /api/threads': {
    summary: 'List threads, or read a batch by id',
    query: listQuery,
    answer: { status: 200, schema: z.array(threadSchema), example: [party, guitar] },
    paged: true,
  },
  'GET /api/threads/:threadId': {
    summary: 'Read a thread',
    answer: { status: 200, schema: threadSchema, example: party },
    refusals: [404],
  },
  'GET /api/threads/:threadId/discussion': {
    summary: 'Read a thread with its posts and who wrote what',
    description:
      'The one read that crosses all modules; its posts are paged like a list. Where modules are services and ' +
      'one does not answer in time, its part is null and the module is named in `degraded`.',
    query: pageQuery,
    answer: { status: 200, schema: discussionSchema, example: discussion },
    paged: true,
    refusals: [404],
  },
  'POST /api/threads': {
    summary: 'Start a thread',
    description: 'Its creator has to exist.',
    body: { schema: newThreadSchema, example: newcomer },
    answer: { status: 201, schema: threadSchema, example: { id: 4, ...newcomer } },
    refusals: [415, 422],
  },
};
