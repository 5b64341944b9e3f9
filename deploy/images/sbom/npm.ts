import { fileURLToPath } from 'node:url';
import { read } from '../../../lab/src/environments/compose/command.ts';
import { type Bom, bom } from './bom.ts';

const program = fileURLToPath(new URL('../../../node_modules/.bin/cyclonedx-npm', import.meta.url));

/** What the lock file tells of a workspace: packages with licences and hashes, and which needs which. */
export async function readNpmBom(folder: string): Promise<Bom> {
  const options = [
    '--package-lock-only',
    '--omit=dev',
    `--workspace=${folder}`,
    '--spec-version=1.6',
    '--output-format=JSON',
    '--output-reproducible',
    '--output-file=-',
  ];
  return bom.parse(JSON.parse(await read(program, options)));
}
