import { read } from './api.js';
import { notePart } from './parts.js';

/** @import { Answer, Discussion } from './api.js' */

/**
 * Reads a page of a discussion, and notes which of the parts behind it were left out.
 * @param {string} path
 * @returns {Promise<Answer<Discussion>>}
 */
export async function readDiscussion(path) {
  /** @type {Answer<Discussion>} */
  const answer = await read(path, 'threads');
  if (answer.failure) return answer;
  notePart('users', !answer.value.degraded?.includes('users'));
  notePart('posts', !answer.value.degraded?.includes('posts'));
  return answer;
}
