import { readFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join, relative } from 'node:path';
import type { Node, SyntaxKind } from 'typescript/unstable/ast';
import { API } from 'typescript/unstable/sync';

export const root = join(import.meta.dirname, '../..');

/** A file of this repository as TypeScript's own parser sees it. Paths are relative to the root. */
export interface Source {
  path: string;
  /** The workspace that it belongs to, or the top folder: `kit`, `services/users`, `test`. */
  owner: string;
  text: string;
  /** Files of this repository that it imports, as values or as types, links resolved. */
  files: string[];
  /** Names of the packages that it imports from elsewhere, without what comes with Node. */
  packages: string[];
  /** The kinds of syntax in it. */
  kinds: Set<SyntaxKind>;
  /** Its identifiers and the texts in it; no comments. */
  words: string[];
}

/** Every TypeScript file that tsconfig.json takes in. */
export function readSources(): Source[] {
  const api = new API({ cwd: root });
  try {
    const project = api.updateSnapshot({ openProject: join(root, 'tsconfig.json') }).getProjects()[0];
    if (project === undefined) throw new Error('tsconfig.json gives no project');
    const { program } = project;
    const own = program.getSourceFileNames().filter((name) => !name.includes('/node_modules/'));
    return own.map((name) => {
      const file = program.getSourceFile(name);
      if (file === undefined) throw new Error(`${name} cannot be parsed`);
      const specifiers = file.imports.map((node) => ('text' in node ? String(node.text) : ''));
      return { ...describe(name, specifiers), ...contentsOf(file) };
    });
  } finally {
    api.close();
  }
}

function describe(name: string, specifiers: string[]): Omit<Source, 'kinds' | 'words'> {
  const { resolve } = createRequire(name);
  const imported = specifiers.filter((specifier) => !isBuiltin(specifier));
  const ours = imported.filter((specifier) => /^(\.|@cleave\/)/.test(specifier));
  const path = relative(root, name);
  return {
    path,
    owner: ownerOf(path),
    text: readFileSync(name, 'utf8'),
    files: ours.map((specifier) => relative(root, resolve(specifier))),
    packages: imported.filter((specifier) => !ours.includes(specifier)).map(packageOf),
  };
}

const ownerOf = (path: string): string => /^(services\/)?[^/]+/.exec(path)?.[0] ?? path;
const packageOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

function contentsOf(file: Node): Pick<Source, 'kinds' | 'words'> {
  const kinds = new Set<SyntaxKind>();
  const words: string[] = [];
  const visit = (node: Node): void => {
    kinds.add(node.kind);
    if ('text' in node && typeof node.text === 'string' && node !== file) words.push(node.text);
    node.forEachChild(visit);
  };
  visit(file);
  return { kinds, words };
}

/** Every file that running `entry` loads or is checked with, itself included. */
export function reachable(sources: Source[], entry: string): Set<string> {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const seen = new Set([entry]);
  for (const path of seen) for (const file of byPath.get(path)?.files ?? []) seen.add(file);
  return seen;
}
