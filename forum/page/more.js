import { element } from './element.js';

/**
 * A button that shows more of a list; it says so where that fails, and may be pressed again.
 * @param {string} label
 * @param {() => Promise<boolean>} load whether it could be shown
 */
export function moreButton(label, load) {
  const button = element('button', { type: 'button', className: 'quiet more' }, label);
  button.addEventListener('click', async () => {
    if (button.ariaBusy === 'true') return;
    button.ariaBusy = 'true';
    const shown = await load();
    button.ariaBusy = 'false';
    if (!shown) button.textContent = 'No more can be shown right now. Try again';
  });
  return button;
}
