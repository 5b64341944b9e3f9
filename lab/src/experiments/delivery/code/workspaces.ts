// The workspaces of this repository as their package.json files tell of them.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export const root = fileURLToPath(new URL('../../../../../', import.meta.url));

const names = z.record(z.string(), z.string()).default({});
const manifest = z.object({ name: z.string(), dependencies: names, devDependencies: names });
const topManifest = z.object({ workspaces: z.array(z.string()) });

export interface Workspace {
  /** Its folder below the root: `services/posts`. */
  folder: string;
  name: string;
  /** Folders of the workspaces that it names as dependencies. */
  needs: string[];
}

const json = (file: string): unknown => JSON.parse(readFileSync(join(root, file), 'utf8'));

export function readWorkspaces(): Workspace[] {
  const patterns = topManifest
    .parse(json('package.json'))
    .workspaces.map((folder) => `${folder}/package.json`);
  const found = globSync(patterns, { cwd: root })
    .sort()
    .map((file) => ({ folder: dirname(file), ...manifest.parse(json(file)) }));
  const folderOf = new Map(found.map(({ name, folder }) => [name, folder]));
  return found.map(({ folder, name, dependencies, devDependencies }) => ({
    folder,
    name,
    needs: Object.keys({ ...dependencies, ...devDependencies }).flatMap(
      (needed) => folderOf.get(needed) ?? [],
    ),
  }));
}

/** Folders of the workspaces that need this one, directly or through others; itself not among them. */
export function dependentsOf(folder: string, workspaces: readonly Workspace[]): string[] {
  const found = new Set([folder]);
  for (const one of found) {
    for (const workspace of workspaces) if (workspace.needs.includes(one)) found.add(workspace.folder);
  }
  found.delete(folder);
  return [...found].sort();
}
