import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadStudyAssets } from '../report/assets.ts';
import { differences } from './differences.ts';
import { renderSides } from './page.ts';
import { commonTopologies, readSide } from './read.ts';

/**
 * Counts the isolation experiment of several results folders and writes them side by side, as side-by-side.html and
 * .json in `out`. @throws NotComparable when a folder has none, or they have no topology in common
 */
export async function writeSideBySide(
  folders: readonly string[],
  out: string,
): Promise<{ html: string; json: string; differing: number }> {
  const sides = [];
  for (const folder of folders) sides.push(await readSide(folder)); // one after the other: each has many samples
  const topologies = commonTopologies(sides);
  const found = differences(sides, topologies);
  const files = { html: join(out, 'side-by-side.html'), json: join(out, 'side-by-side.json') };
  await mkdir(out, { recursive: true });
  await writeFile(files.html, await renderSides(sides, topologies, await loadStudyAssets()));
  const numbers = {
    topologies,
    sides: sides.map(({ folder, env, trials, digest }) => ({ folder, env, trials, cells: digest.cells })),
    differences: found,
  };
  await writeFile(files.json, `${JSON.stringify(numbers, null, 1)}\n`);
  return { ...files, differing: found.length };
}
