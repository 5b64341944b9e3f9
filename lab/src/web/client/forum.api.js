import { orderHeaders } from './orders.js';

/** @typedef {{ id: number, username: string, name: string }} Person */
/** @typedef {{ id: number, title: string, createdBy: number }} Thread */
/** @typedef {{ id: number, text: string, user: number, author: Person | null }} Post */
/** @typedef {Thread & { author: Person | null, posts: Post[] | null, degraded?: string[] }} Discussion */

/**
 * What came back from a topology. `unreachable`: no forum answered at all, not even with an error.
 * @typedef {{ status: number, unreachable: boolean, detail: string, body: unknown }} ForumAnswer
 */

/**
 * Reads from a topology's API, through the page's server.
 * @param {string} topology
 * @param {string} path
 */
export const readForum = (topology, path) => ask(`/forum/${topology}${path}`, {});

/**
 * Posts a reply. The same key may be sent again: nothing is saved twice.
 * @param {string} topology
 * @param {{ thread: number, user: number, text: string }} post
 * @param {string} key
 */
export const writeReply = (topology, post, key) =>
  ask(`/forum/${topology}/api/posts`, {
    method: 'POST',
    headers: { ...orderHeaders, 'idempotency-key': key },
    body: JSON.stringify(post),
  });

/**
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<ForumAnswer>}
 */
async function ask(path, init) {
  try {
    const response = await fetch(path, { cache: 'no-store', ...init });
    const body = await response.json();
    return {
      status: response.status,
      unreachable: body.unreachable === true,
      detail: String(body.detail ?? ''),
      body,
    };
  } catch (error) {
    return { status: 0, unreachable: true, detail: String(error), body: undefined };
  }
}
