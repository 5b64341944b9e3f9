import { byId } from './element.js';

/** @import { Order } from '../messages.ts' */

const token = document.querySelector('meta[name="page-token"]')?.getAttribute('content') ?? '';

/**
 * What the page's server needs to see with every order.
 * @type {Readonly<Record<string, string>>}
 */
export const orderHeaders = { 'content-type': 'application/json', 'x-page-token': token };

/** @param {string} text */
export function say(text) {
  byId('latest').textContent = text;
}

/**
 * Gives an order; a refusal is said, and false is the answer.
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
async function order(method, path, body) {
  try {
    const response = await fetch(path, {
      method,
      headers: orderHeaders,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (response.ok) return true;
    const { detail } = await response.json();
    say(String(detail));
  } catch (error) {
    say(`The page's server does not answer: ${error}`);
  }
  return false;
}

export const setLoad = (/** @type {number} */ rate) => order('POST', '/api/load', { rate });
export const cause = (/** @type {Order} */ fault) => order('POST', '/api/faults', fault);
export const undo = (/** @type {Order} */ fault) => order('POST', '/api/faults/undo', fault);
export const undoAll = () => order('DELETE', '/api/faults');
