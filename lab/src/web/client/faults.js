import { cause, undo } from './orders.js';

/** @import { Fault, FaultName, Order, PartNow } from '../messages.ts' */

/**
 * What a fault is called on a button, and what it does in a sentence.
 * @type {Record<FaultName, { label: string, does: string, state: string }>}
 */
const words = {
  kill: { label: 'Kill', does: 'the process is gone', state: 'killed' },
  hang: { label: 'Hang', does: 'connections stay open, nothing answers', state: 'hung' },
  block: { label: 'Block', does: 'an expensive request keeps the event loop busy', state: 'blocked' },
  slow: { label: 'Slow', does: 'each request waits one second more', state: 'slow' },
  errors: { label: 'Errors', does: 'each request is answered 500', state: 'errors' },
  pool: { label: 'Pool', does: 'every database connection is held', state: 'no connection' },
  lock: { label: 'Lock', does: 'a lock is held on the table', state: 'locked' },
};
const stopped = { label: 'Stop', does: 'the database server is stopped', state: 'stopped' };

/**
 * @param {FaultName} fault
 * @param {boolean} isDatabase
 */
export const wordsFor = (fault, isDatabase) => (fault === 'kill' && isDatabase ? stopped : words[fault]);

/** @type {(a: Fault, b: Fault) => boolean} */
export const sameFault = (a, b) => a.fault === b.fault && a.module === b.module;

/**
 * Whether a component has a fault now.
 * @param {PartNow | undefined} part
 * @param {Fault} fault
 */
export const hasFault = (part, fault) => part?.faults.some((one) => sameFault(one, fault)) ?? false;

/**
 * Causes faults, or undoes them where they last, all at once. The button is busy meanwhile.
 * @param {HTMLButtonElement} button
 * @param {Order[]} orders
 */
export async function toggle(button, orders) {
  if (button.ariaBusy === 'true') return;
  const act = button.ariaPressed === 'true' ? undo : cause;
  button.ariaBusy = 'true';
  await Promise.all(orders.map(act));
  button.ariaBusy = 'false';
}
