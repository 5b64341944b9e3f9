import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';

export interface PageFile {
  text: string;
  type: string;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const client = join(import.meta.dirname, 'client');
const colours = join(import.meta.dirname, '../report/client/colours.css');
const uplot = join(dirname(createRequire(import.meta.url).resolve('uplot/package.json')), 'dist');

/** Files from elsewhere, by the name that the page knows them by. */
const borrowed: Record<string, string> = {
  'colours.css': colours,
  'uplot.js': join(uplot, 'uPlot.esm.js'),
  'uplot.css': join(uplot, 'uPlot.min.css'),
};

/** The page's files by path. `token` is written into the page itself, and nowhere else. */
export function readPageFiles(token: string): Map<string, PageFile> {
  const own = readdirSync(client).map((name): [string, string] => [name, join(client, name)]);
  const files = new Map<string, PageFile>();
  for (const [name, path] of [...own, ...Object.entries(borrowed)]) {
    const type = types[extname(name)];
    if (type === undefined) continue;
    const text = readFileSync(path, 'utf8');
    if (name === 'index.html') files.set('/', { text: text.replace('{token}', token), type });
    else files.set(`/${name}`, { text, type });
  }
  return files;
}
