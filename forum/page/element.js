/**
 * Makes an element. Children are elements or text; text never becomes markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} properties as the DOM names them: `className`, `href`, `type`
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

/**
 * What stands in the place of something that cannot be shown.
 * @param {string} headline
 * @param {string} hint
 * @param {() => void} [retry] what a button "Try again" does
 */
export function placeholder(headline, hint, retry) {
  const button = element('button', { type: 'button', className: 'quiet' }, 'Try again');
  button.addEventListener('click', () => retry?.());
  const words = element(
    'div',
    { className: 'words' },
    element('strong', {}, headline),
    element('p', {}, hint),
  );
  return element('div', { className: 'missing' }, words, ...(retry ? [button] : []));
}
