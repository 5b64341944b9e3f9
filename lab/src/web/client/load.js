import { byId } from './element.js';
import { setLoad } from './orders.js';

/**
 * The load slider. It is sent once a move is over, and shows what the server says the rate is.
 * @param {number} highest requests a second
 * @returns {(rate: number) => void}
 */
export function loadSlider(highest) {
  const slider = byId('rate');
  if (!(slider instanceof HTMLInputElement)) throw new Error('the slider is no input');
  const shown = byId('rate-shown');
  let rate = 0;
  const label = (/** @type {number} */ value) => (value === 0 ? 'off' : `${value}/s to each`);
  slider.max = String(highest);
  const show = (/** @type {number} */ value) => {
    rate = value;
    slider.value = String(value);
    shown.textContent = label(value);
  };
  slider.addEventListener('input', () => {
    shown.textContent = label(slider.valueAsNumber);
  });
  slider.addEventListener('change', async () => {
    if (!(await setLoad(slider.valueAsNumber))) show(rate);
  });
  byId('load').addEventListener('submit', (event) => event.preventDefault());
  return show;
}
