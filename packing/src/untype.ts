// Takes the types out of sources, as Node would at each start:  node untype.ts FILE...
import { readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Blanks take the types' place, so that lines and columns stay, and stack traces name the `.ts` file as before. What
 * runs is a `.js` file beside it, to which the old name leads: what imports it, or starts it, by that name, does so
 * still, and Node, which goes by the name of the file itself, does not look for types in it.
 */
function untype(source: string): void {
  const plain = source.replace(/ts$/, 'js');
  const sourceUrl = pathToFileURL(resolve(source)).href;
  renameSync(source, plain);
  writeFileSync(plain, stripTypeScriptTypes(readFileSync(plain, 'utf8'), { sourceUrl }));
  symlinkSync(basename(plain), source);
}

for (const source of process.argv.slice(2)) untype(source);
