import { listQuery, type Paths } from '@cleave/module-kit/paths';
import { z } from 'zod';
import { newUserSchema, userChangesSchema, userSchema } from './users.schema.ts';

const finn = { id: 2, username: 'finn', name: 'Finn Alberts', bio: 'Says yes to every quest' };
const pb = { id: 3, username: 'pb', name: 'Paul Barium', bio: 'Chemist with too many books' };
const newcomer = { username: 'susan', name: 'Susan Strong', bio: '' };

export const usersPaths: Paths = {
  'GET /api/users': {
    summary: 'List users, or read a batch by id',
    query: listQuery,
    answer: { status: 200, schema: z.array(userSchema), example: [finn, pb] },
    paged: true,
  },
  'GET /api/users/:userId': {
    summary: 'Read a user',
    answer: { status: 200, schema: userSchema, example: finn },
    refusals: [404],
  },
  'POST /api/users': {
    summary: 'Register a user',
    description: 'The username has to be free.',
    body: { schema: newUserSchema, example: newcomer },
    answer: { status: 201, schema: userSchema, example: { id: 5, ...newcomer } },
    refusals: [409, 415, 422],
  },
  'PATCH /api/users/:userId': {
    summary: "Change a user's name or bio",
    body: { schema: userChangesSchema, example: { bio: 'Says yes to nearly every quest' } },
    answer: { status: 200, schema: userSchema, example: { ...finn, bio: 'Says yes to nearly every quest' } },
    refusals: [404, 415],
  },
};
