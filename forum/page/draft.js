import { keep, kept } from './kept.js';

/**
 * What somebody is writing, kept over reloads until it is saved, with the idempotency key that it was sent
 * with: the same body is sent again under the same key, so that a retry saves nothing twice.
 * @param {string} name
 */
export function draft(name) {
  const textName = `${name}.text`;
  const sentName = `${name}.sent`;
  return {
    text: () => kept(textName) ?? '',
    /** @param {string} text */
    keepText: (text) => keep(textName, text),
    /**
     * The key for this body: that of the last try where the body is the same, else a new one.
     * @param {string} body
     */
    keyFor(body) {
      const [key, ...rest] = (kept(sentName) ?? '').split(' ');
      if (key && rest.join(' ') === body) return key;
      const fresh = randomKey();
      keep(sentName, `${fresh} ${body}`);
      return fresh;
    },
    forget() {
      keep(textName);
      keep(sentName);
    },
  };
}

/** 128 random bits. `crypto.randomUUID` is missing on a page that another machine serves without TLS. */
function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
