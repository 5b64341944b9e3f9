import { notePart } from './parts.js';

/** @import { Part } from './parts.js' */

/** @typedef {{ id: number, username: string, name: string }} Author */
/** @typedef {{ id: number, title: string, createdBy: number }} Thread */
/** @typedef {{ id: number, thread: number, text: string, user: number, author: Author | null }} Post */
/** @typedef {{ author: Author | null, posts: Post[] | null, degraded?: Part[] }} ReadTogether */
/** @typedef {Thread & ReadTogether} Discussion */

/**
 * Why there is no answer: the server's own words where it refused the request (`status` 4xx), else that it
 * could not answer (5xx), or that nothing came back in time (0).
 * @typedef {{ status: number, detail: string }} Failure
 */

/**
 * @template T
 * @typedef {{ value: T, next: string | undefined, failure?: undefined } | { failure: Failure }} Answer
 */

const readTimeoutMs = 6_000;
const writeTimeoutMs = 10_000;

/**
 * Reads from the API and notes whether `part`, which answers that path, did.
 * @template T
 * @param {string} path
 * @param {Part} part
 * @returns {Promise<Answer<T>>}
 */
export async function read(path, part) {
  const response = await send(path, { signal: AbortSignal.timeout(readTimeoutMs) });
  const servedBy = response?.headers.get('x-served-by') ?? undefined;
  const answers = response !== undefined && response.status < 500;
  // an answer that another part gives in its place does not tell who this part is
  notePart(part, answers, answers ? servedBy : undefined);
  return toAnswer(response);
}

/**
 * Writes to the API. The same key and body may be sent again: what was saved already is not saved twice.
 * @template T
 * @param {string} path
 * @param {string} body JSON
 * @param {string} key 1 to 255 visible ASCII characters
 * @returns {Promise<Answer<T>>}
 */
export async function write(path, body, key) {
  const headers = { 'content-type': 'application/json', 'idempotency-key': key };
  const signal = AbortSignal.timeout(writeTimeoutMs);
  return toAnswer(await send(path, { method: 'POST', headers, body, signal }));
}

/**
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<Response | undefined>} undefined where nothing came back
 */
async function send(path, init) {
  try {
    return await fetch(path, { cache: 'no-store', ...init });
  } catch (error) {
    console.warn(`${path}: ${error}`);
    return undefined;
  }
}

/**
 * @template T
 * @param {Response | undefined} response
 * @returns {Promise<Answer<T>>}
 */
async function toAnswer(response) {
  const nothing = { failure: { status: 0, detail: 'There was no answer.' } };
  if (response === undefined) return nothing;
  try {
    const body = await response.json();
    if (response.ok) return { value: body, next: nextPage(response) };
    return { failure: { status: response.status, detail: String(body.detail) } };
  } catch (error) {
    console.warn(`${response.url}: ${error}`);
    return response.ok ? nothing : { failure: { status: response.status, detail: response.statusText } };
  }
}

/**
 * @param {Response} response
 * @returns {string | undefined} the path of the next page
 */
function nextPage(response) {
  return /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1];
}
