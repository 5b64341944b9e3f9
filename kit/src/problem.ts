import { STATUS_CODES } from 'node:http';
import * as errors from './errors.ts';

/** RFC 9457 problem details, in the order in which they are sent. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  instance?: string;
  requestId: string;
}

/** An answer that is already known by its status: 404, 405, 426 and the like. */
export class HttpProblem extends Error {
  readonly status: number;
  readonly headers: Record<string, string>;
  constructor(status: number, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
  }
}

const statusOf: [new (message: string) => Error, number][] = [
  [errors.Malformed, 400],
  [errors.NotFound, 404],
  [errors.Conflict, 409],
  [errors.PayloadTooLarge, 413],
  [errors.UnsupportedMediaType, 415],
  [errors.Unprocessable, 422],
  [errors.Unavailable, 503],
  [errors.TooSlow, 504],
];

/** The one place where an error becomes an HTTP answer. What it does not know is a 500 that tells nothing. */
export function toHttpProblem(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const known = statusOf.find(([type]) => error instanceof type);
  if (!known || !(error instanceof Error)) return new HttpProblem(500, 'The request could not be answered.');
  return new HttpProblem(known[1], error.message, known[1] === 503 ? { 'retry-after': '1' } : {});
}

/** The body of the answer, as bytes that every component writes alike. */
export function problemBody(status: number, detail: string, requestId: string, instance?: string): string {
  const title = STATUS_CODES[status] ?? 'Error';
  const path = instance === undefined ? {} : { instance };
  const problem: Problem = { type: 'about:blank', title, status, detail, ...path, requestId };
  return JSON.stringify(problem);
}
