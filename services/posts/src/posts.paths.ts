import { pageQuery } from '@cleave/module-kit/input';
import { listQuery, type Paths } from '@cleave/module-kit/paths';
import { z } from 'zod';
import { newPostSchema, postSchema } from './posts.schema.ts';

const stage = { id: 4, thread: 2, text: 'I can play a set if there is a stage.', user: 1 };
const count = { id: 5, thread: 2, text: 'Count me in!', user: 2 };
const newcomer = { thread: 2, text: 'I bring the cake.', user: 3 };

export const postsPaths: Paths = {
  'GET /api/posts': {
    summary: 'List posts, or read a batch by id',
    query: listQuery,
    answer: { status: 200, schema: z.array(postSchema), example: [stage, count] },
    paged: true,
  },
  'GET /api/posts/in-thread/:threadId': {
    summary: 'List the posts of a thread',
    description: 'Empty for a thread that does not exist.',
    query: pageQuery,
    answer: { status: 200, schema: z.array(postSchema), example: [stage, count] },
    paged: true,
  },
  'GET /api/posts/by-user/:userId': {
    summary: 'List the posts of a user',
    description: 'Empty for a user who does not exist.',
    query: pageQuery,
    answer: { status: 200, schema: z.array(postSchema), example: [count] },
    paged: true,
  },
  'POST /api/posts': {
    summary: 'Write a post',
    description: 'Thread and user have to exist.',
    body: { schema: newPostSchema, example: newcomer },
    answer: { status: 201, schema: postSchema, example: { id: 7, ...newcomer } },
    refusals: [415, 422],
  },
  'DELETE /api/posts/:postId': {
    summary: 'Delete a post',
    answer: { status: 204 },
    refusals: [404],
  },
};
