/**
 * What fills the page. `lacks` tells which parts it misses something of, to be refreshed when they are back.
 * @typedef {object} View
 * @property {HTMLElement} element
 * @property {HTMLElement} heading gets the focus when the view is opened
 * @property {() => string} title
 * @property {() => Promise<void>} refresh
 * @property {(part: import('./parts.js').Part) => boolean} lacks
 */

export {};
