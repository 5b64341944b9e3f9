/** @typedef {'threads' | 'users' | 'posts'} Part */

/**
 * What is known of a part of the forum: whether it answered the last time it was asked, and who answered.
 * @typedef {{ answers: boolean | undefined, servedBy: string | undefined }} PartState
 */

/** @type {Part[]} */
export const partNames = ['threads', 'users', 'posts'];

/** @type {Map<Part, PartState>} */
const states = new Map(partNames.map((name) => [name, { answers: undefined, servedBy: undefined }]));

/** Tells `change` whenever something new is known of a part. */
export const parts = new EventTarget();

/**
 * @param {Part} name
 * @returns {PartState}
 */
export const partState = (name) => states.get(name) ?? { answers: undefined, servedBy: undefined };

/**
 * Notes whether a part answered, and by whom where that was seen.
 * @param {Part} name
 * @param {boolean} answers
 * @param {string} [servedBy]
 */
export function notePart(name, answers, servedBy) {
  const before = partState(name);
  const after = { answers, servedBy: servedBy ?? before.servedBy };
  if (before.answers === after.answers && before.servedBy === after.servedBy) return;
  states.set(name, after);
  parts.dispatchEvent(new Event('change'));
}
