import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('bundle-main.ts', import.meta.url));

/**
 * The source of an ES module that calls an exported function of a file in `inside/` and writes its answer to stdout
 * as JSON. It needs nothing but Node, and what it is given is in it.
 */
export async function probeSource(file: string, call: string, ...given: unknown[]): Promise<string> {
  const entry = new URL(`inside/${file}`, import.meta.url).href;
  // in a process of its own, since Node warns of taking types away as a function, though not as a program
  const quiet = ['--disable-warning=ExperimentalWarning', program, entry];
  const { stdout } = await promisify(execFile)(process.execPath, quiet, { maxBuffer: 2 ** 24 });
  const list = given.map((value) => JSON.stringify(value)).join(', ');
  return `${stdout}\nprocess.stdout.write(JSON.stringify(await ${call}(${list})), () => process.exit(0));\n`;
}
