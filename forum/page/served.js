import { partNames, partState } from './parts.js';

/**
 * Says which instances answered, and what: `monolith (page, threads, users, posts)`, or one for each part.
 * @param {HTMLElement} footer
 * @param {string | undefined} page who served the page itself
 */
export function showServed(footer, page) {
  /** @type {Map<string, string[]>} */
  const served = new Map();
  const note = (/** @type {string} */ what, /** @type {string | undefined} */ by) => {
    if (by !== undefined) served.set(by, [...(served.get(by) ?? []), what]);
  };
  note('page', page);
  for (const name of partNames) note(name, partState(name).servedBy);
  const names = [...served].map(([by, what]) => (what.join() === by ? by : `${by} (${what.join(', ')})`));
  footer.textContent = names.length > 0 ? `Answered by ${names.join(' · ')}` : '';
}

/**
 * Asks who serves the page.
 * @returns {Promise<string | undefined>}
 */
export async function whoServesPage() {
  try {
    const response = await fetch('./', { method: 'HEAD', cache: 'no-store' });
    return response.headers.get('x-served-by') ?? undefined;
  } catch (error) {
    console.warn(`It is not known who serves the page: ${error}`);
    return undefined;
  }
}
