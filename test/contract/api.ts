import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Answer, type Ask, createHttpClient } from '../support/http.ts';
import { checkAnswer } from '../support/openapi-check.ts';
import { sendBytes } from '../support/socket.ts';

const userSchema = z.object({ id: z.int(), username: z.string(), name: z.string(), bio: z.string() });
const threadSchema = z.object({ id: z.int(), title: z.string(), createdBy: z.int() });
const postSchema = z.object({ id: z.int(), thread: z.int(), text: z.string(), user: z.int() });
export type User = z.infer<typeof userSchema>;
export type Thread = z.infer<typeof threadSchema>;
export type Post = z.infer<typeof postSchema>;

/** Where a topology's API is, and which one. */
export interface Target {
  topology: 'monolith' | 'microservices';
  baseUrl: string;
}

/** A topology's API as the suite uses it: every answer is checked against openapi.yaml before it is returned. */
export interface Api extends Target {
  send(ask: Ask): Promise<Answer>;
  get(path: string, headers?: Ask['headers']): Promise<Answer>;
  /** Sends `body` as JSON; text is sent as it is. */
  post(path: string, body: object | string, headers?: Ask['headers']): Promise<Answer>;
  /** Sends what no client would; `ask` says what it stands for. */
  bytes(ask: Ask, bytes: string | Buffer): Promise<Answer>;
  newUser(): Promise<User>;
  newThread(createdBy: number): Promise<Thread>;
  newPost(thread: number, user: number, text?: string): Promise<Post>;
  close(): void;
}

// a stack, a source file, a statement, a driver's or the system's words
const internal =
  /\bat .+:\d+:\d+|node_modules|\.ts\b|postgres|kysely|ECONN|\bselect\b.*\bfrom\b|127\.0\.0\.1/i;

/** A username that no row has yet. */
export const freeUsername = (): string => `u-${randomUUID()}`;

export function createApi(target: Target): Api {
  const http = createHttpClient(target.baseUrl);
  const checked = (ask: Ask, answer: Answer): Answer => {
    checkAnswer(ask, answer);
    if (answer.status >= 400) assert.doesNotMatch(answer.body.toString(), internal, 'it tells of the inside');
    return answer;
  };
  const send = async (ask: Ask) => checked(ask, await http.send(ask));
  const post: Api['post'] = (path, body, headers) =>
    send({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const create = async <T>(schema: z.ZodType<T>, path: string, body: object): Promise<T> =>
    schema.parse(json(await post(path, body), 201));
  return {
    ...target,
    send,
    post,
    get: (path, headers = {}) => send({ method: 'GET', path, headers }),
    bytes: async (ask, bytes) => checked(ask, await sendBytes(target.baseUrl, bytes)),
    newUser: () => create(userSchema, '/api/users', { username: freeUsername(), name: 'New', bio: '' }),
    newThread: (createdBy) => create(threadSchema, '/api/threads', { title: 'New', createdBy }),
    newPost: (thread, user, text = 'New') => create(postSchema, '/api/posts', { thread, text, user }),
    close: () => http.close(),
  };
}

/** The JSON in an answer that has to have this status. */
export function json(answer: Answer, status = 200): unknown {
  assert.equal(answer.status, status, answer.body.toString());
  return JSON.parse(answer.body.toString());
}

/** Asserts a refusal. @returns what it says */
export function refused(answer: Answer, status: number): string {
  assert.equal(answer.status, status, answer.body.toString());
  assert.equal(answer.headers['content-type'], 'application/problem+json');
  return z.object({ detail: z.string() }).parse(JSON.parse(answer.body.toString())).detail;
}

/** Asserts the exact bytes of a 200. */
export function bytesAre(answer: Answer, body: unknown): void {
  assert.equal(answer.status, 200);
  assert.equal(answer.headers['content-type'], 'application/json; charset=utf-8');
  assert.equal(answer.body.toString(), JSON.stringify(body));
}
