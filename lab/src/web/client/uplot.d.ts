// uplot.js is served from the package of this name.
export { default } from 'uplot';
