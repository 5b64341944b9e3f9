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

const styles = ['colours.css', 'page.css', 'tables.css', 'charts.css'];

/** Reads the chart library and the style and scripts of a comparison's page. */
export const loadAssets = async (): Promise<Assets> => ({
  styles: await readAll([uplot('uPlot.min.css'), ...styles.map(client)]),
  scripts: await readAll([uplot('uPlot.iife.min.js'), client('charts.js'), client('page.js')]),
});

/** The same for a study's page, whose figures are all made by plot.ts. */
export const loadStudyAssets = async (): Promise<Assets> => ({
  styles: await readAll([uplot('uPlot.min.css'), ...[...styles, 'study.css'].map(client)]),
  scripts: await readAll([uplot('uPlot.iife.min.js'), client('plots.js')]),
});
