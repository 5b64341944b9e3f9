// Prints a module and what it imports from beside it as one JavaScript text:  node bundle-main.ts <file>
// Each imported file becomes a data URL within the text that imports it; what comes with Node stays imported.
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';

const local = /(from\s*)'(\.[^']+)'/g;

function sourceOf(file: URL): string {
  // what is taken away leaves blanks of the same length
  const script = stripTypeScriptTypes(readFileSync(file, 'utf8')).replaceAll(/^ +| +$/gm, '');
  return script.replace(
    local,
    (_, from: string, specifier: string) => `${from}'${dataUrl(new URL(specifier, file))}'`,
  );
}

const dataUrl = (file: URL): string =>
  `data:text/javascript;base64,${Buffer.from(sourceOf(file)).toString('base64')}`;

const [file = ''] = process.argv.slice(2);
process.stdout.write(sourceOf(new URL(file)));
