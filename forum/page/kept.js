/** @type {Map<string, string>} */
const memory = new Map();

/**
 * What was kept under a name, over reloads of this tab; where the browser keeps nothing, until the reload.
 * @param {string} name
 * @returns {string | undefined}
 */
export function kept(name) {
  return storage((store) => store.getItem(name)) ?? memory.get(name);
}

/**
 * Keeps a value under a name; without a value the name is forgotten.
 * @param {string} name
 * @param {string} [value]
 */
export function keep(name, value) {
  if (value === undefined) memory.delete(name);
  else memory.set(name, value);
  storage((store) => (value === undefined ? store.removeItem(name) : store.setItem(name, value)));
}

/**
 * @template T
 * @param {(store: Storage) => T} use
 * @returns {T | undefined} undefined where the browser refuses, or has no room
 */
function storage(use) {
  try {
    return use(sessionStorage);
  } catch (error) {
    console.warn(`Nothing is kept over a reload: ${error}`);
    return undefined;
  }
}
