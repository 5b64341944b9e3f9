import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allTopologies } from '../src/environments/environment.ts';
import { isolationSection } from '../src/experiments/isolation/section.ts';
import { keepWorld } from './isolation.world.ts';

/** The section as it was last looked at and found right. `node lab/test/isolation.golden.ts` writes it anew. */
export const goldenFile = join(import.meta.dirname, 'golden/isolation.html');

if (import.meta.main) {
  const folder = await mkdtemp(join(tmpdir(), 'isolation-'));
  const section = await isolationSection(await keepWorld(allTopologies, 3, folder), folder);
  await writeFile(goldenFile, section.html.text);
  await rm(folder, { recursive: true });
}
