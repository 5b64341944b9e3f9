// What a change in one place reaches, without running anything.
import type { CodeRecord, Program, Reach } from '../record.ts';
import { loadedBy, readSources, type SourceFile } from './imports.ts';
import { dependentsOf, readWorkspaces, type Workspace } from './workspaces.ts';

/** The program of each component. */
const programs = {
  monolith: 'monolith/src/main.ts',
  gateway: 'gateway/src/main.ts',
  users: 'services/users/src/main.ts',
  threads: 'services/threads/src/main.ts',
  posts: 'services/posts/src/main.ts',
} as const;

const moduleFolders = ['services/users', 'services/threads', 'services/posts'];

/** What is changed, one after the other: each module, and what they share. */
const changes = [
  ...moduleFolders,
  'module-kit',
  'replicas',
  'admission',
  'kit',
  'forum',
  'gateway',
  'monolith',
];

const isIn = (folder: string, path: string): boolean => path.startsWith(`${folder}/`);
const isTest = (path: string): boolean => path.endsWith('.test.ts');

/** Reads all sources and manifests of this repository. */
export function readCouplings(): CodeRecord {
  const workspaces = readWorkspaces();
  const sources = readSources([...workspaces.map(({ folder }) => folder), 'test']);
  const tests = sources.filter(({ path }) => isTest(path));
  return {
    kind: 'code',
    reaches: changes.map((changed) => reachOf(changed, workspaces, sources)),
    programs: Object.entries(programs).map(([component, entry]) => programOf(component, entry, sources)),
    tests: { all: tests.length, spanning: tests.filter(spans).length },
  };
}

/** Tests beside the workspaces span them: they have to run whatever was changed. */
const spans = ({ path }: SourceFile): boolean => isIn('test', path);

function reachOf(changed: string, workspaces: readonly Workspace[], sources: readonly SourceFile[]): Reach {
  const packages = dependentsOf(changed, workspaces);
  const owners = [changed, ...packages];
  const isReached = (test: SourceFile): boolean =>
    owners.some((owner) => isIn(owner, test.path)) ||
    loadedBy(test.path, sources).some(({ path }) => isIn(changed, path));
  const components = Object.entries(programs).filter(([, entry]) =>
    loadedBy(entry, sources).some(({ path }) => isIn(changed, path)),
  );
  return {
    changed,
    packages,
    components: components.map(([component]) => component),
    tests: sources.filter((source) => isTest(source.path) && !spans(source) && isReached(source)).length,
  };
}

function programOf(component: string, entry: string, sources: readonly SourceFile[]): Program {
  const files = loadedBy(entry, sources);
  const modules = moduleFolders.filter((folder) => files.some(({ path }) => isIn(folder, path)));
  return {
    component,
    files: files.length,
    lines: files.reduce((sum, { lines }) => sum + lines, 0),
    modules: modules.map((folder) => folder.replace('services/', '')),
  };
}
