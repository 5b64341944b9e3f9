// Which commit an image's contents are of. Not simply the last one: an image that a commit leaves alone stays the
// same image, byte for byte, and nobody has to roll it out.
import { existsSync } from 'node:fs';
import { read } from '../../lab/src/environments/compose/command.ts';
import { readWorkspaces, root, type Workspace } from '../../lab/src/experiments/delivery/code/workspaces.ts';

export interface Revision {
  /** `-dirty` is added when files differ from the commit. */
  revision: string;
  /** When it was committed. */
  created: string;
}

const always = [
  'package.json',
  'package-lock.json',
  'Dockerfile',
  '.dockerignore',
  'packing/package.json',
  'packing/src/*.ts',
];
/** As in .dockerignore. */
const leftOut = ['test', 'node_modules'].map((name) => `:(exclude,glob)**/${name}/**`);
const documents = ':(exclude,glob)**/*.md';

/** What the image of a component is made of, as paths for git. */
export function partsOf(folder: string, workspaces: readonly Workspace[]): string[] {
  const found = new Set([folder]);
  for (const one of found) {
    for (const needed of workspaces.find((workspace) => workspace.folder === one)?.needs ?? [])
      found.add(needed);
  }
  return [...found, ...always];
}

/** The last commit that changed what is in a component's image; none outside a git repository. */
export async function revisionOf(folder: string): Promise<Revision | undefined> {
  if (!existsSync(`${root}/.git`)) return undefined;
  const paths = [...partsOf(folder, readWorkspaces()), ...leftOut, documents];
  const [revision = '', created = ''] = (
    await read('git', ['log', '-1', '--format=%H %cI', '--', ...paths])
  ).split(' ');
  const changed = await read('git', ['status', '--porcelain', '--', ...paths]);
  return { revision: changed === '' ? revision : `${revision}-dirty`, created };
}
