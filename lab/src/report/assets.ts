import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Style and scripts that a page carries inside itself: it must open without a network. */
export type Assets = { styles: string[]; scripts: string[] };

const client = (name: string): string => join(import.meta.dirname, 'client', name);
const uplot = (name: string): string =>
  join(dirname(createRequire(import.meta.url).resolve('uplot/package.json')), 'dist', name);

const readAll = (files: string[]): Promise<string[]> =>
  Promise.all(files.map((file) => readFile(file, 'utf8')));

/** Reads the chart library and the page's own style and scripts. */
export const loadAssets = async (): Promise<Assets> => ({
  styles: await readAll([
    uplot('uPlot.min.css'),
    client('colours.css'),
    client('page.css'),
    client('tables.css'),
    client('charts.css'),
  ]),
  scripts: await readAll([uplot('uPlot.iife.min.js'), client('charts.js'), client('page.js')]),
});
