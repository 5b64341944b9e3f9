// Which file imports which, read from the sources' own import statements.
import { globSync, readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import { root } from './workspaces.ts';

export interface SourceFile {
  /** Relative to the root. */
  path: string;
  lines: number;
  /** Files of this repository that it imports as values or as types; those whose types only are not run. */
  imports: { path: string; isType: boolean }[];
}

const statement = /^(?:import\s*|(?:import|export)\b([^'";]*?)\bfrom\s*)'([^'\n]+)'/gm;
const expression = /\bawait import\('([^'\n]+)'\)/g;

/** The specifiers of a module's imports. Formatted sources have each statement begin a line. */
export function importsIn(text: string): { specifier: string; isType: boolean }[] {
  const statements = [...text.matchAll(statement)].map(([, what = '', specifier = '']) => ({
    specifier,
    isType: /^\s*type\b/.test(what),
  }));
  const late = [...text.matchAll(expression)].map(([, specifier = '']) => ({ specifier, isType: false }));
  return [...statements, ...late];
}

/** Every TypeScript file of these folders, tests too. */
export function readSources(folders: readonly string[]): SourceFile[] {
  const files = globSync(
    folders.map((folder) => `${folder}/**/*.ts`),
    { cwd: root, exclude: (path) => path.includes('node_modules') },
  );
  return files.sort().map(readSource);
}

function readSource(path: string): SourceFile {
  const file = join(root, path);
  const text = readFileSync(file, 'utf8');
  const { resolve } = createRequire(file);
  const imports = importsIn(text)
    .filter(({ specifier }) => /^(\.|@cleave\/)/.test(specifier) && !isBuiltin(specifier))
    .map(({ specifier, isType }) => ({ path: relative(root, resolve(specifier)), isType }));
  return { path, lines: text.split('\n').length - 1, imports };
}

/** Every file that running `entry` loads, itself included. */
export function loadedBy(entry: string, sources: readonly SourceFile[]): SourceFile[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const seen = new Set([entry]);
  for (const path of seen) {
    for (const { path: imported, isType } of byPath.get(path)?.imports ?? []) if (!isType) seen.add(imported);
  }
  return [...seen].flatMap((path) => byPath.get(path) ?? []);
}
