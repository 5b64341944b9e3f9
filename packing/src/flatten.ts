import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** A package that is loaded as many small files, each of which costs a start its time. */
export interface Scattered {
  name: string;
  format: 'esm' | 'cjs';
  /** Files that others load, from the package's folder. */
  entries: readonly string[];
}

/**
 * Makes each entry of a package in `nodeModules` one file, in its own place; what several entries share becomes a
 * file beside them. Other packages stay imports. The files that it was made of are removed, so that nobody can load
 * a second copy of what is in them. Nothing is shortened or compiled for an older Node; the same package gives the
 * same bytes in every `node_modules` folder.
 * @returns whether the package was there
 */
export async function flatten(nodeModules: string, { name, format, entries }: Scattered): Promise<boolean> {
  const folder = join(resolve(nodeModules), name);
  if (!existsSync(folder)) return false;
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: [...entries],
    outdir: '.',
    outbase: '.',
    outExtension: { '.js': extensionOf(entries) },
    allowOverwrite: true,
    bundle: true,
    packages: 'external',
    splitting: format === 'esm',
    format,
    platform: 'node',
    target: 'esnext',
    metafile: true,
    logLevel: 'error',
  });
  const made = new Set(Object.keys(metafile.outputs));
  for (const file of Object.keys(metafile.inputs)) if (!made.has(file)) rmSync(join(folder, file));
  return true;
}

function extensionOf(entries: readonly string[]): string {
  const extensions = new Set(entries.map((entry) => /\.[cm]?js$/.exec(entry)?.[0]));
  const [extension] = extensions;
  if (extension === undefined || extensions.size > 1)
    throw new Error(`entries differ: ${entries.join(', ')}`);
  return extension;
}
