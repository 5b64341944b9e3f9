// The one-line change, made in a copy of the sources: nobody's own files are touched.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** Where it is made: the service of posts, which the monolith and the posts service run alike. */
export const changedFile = 'services/posts/src/posts.service.ts';
const line = /(new NotFound\(`There is no post \$\{id\})(\.`\))/;

/** What a deleted post that was never there is answered with, once the change serves. */
export const changedText = (id: number, mark: string): string => `There is no post ${id} (${mark}).`;

/** A copy of what images are built from. */
export interface Copy {
  folder: string;
  /** Changes one line so that an answer tells of `mark`. @throws Error when that line is not there */
  change(mark: string): Promise<void>;
  remove(): Promise<void>;
}

export async function copySources(): Promise<Copy> {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-delivery-'));
  const file = join(folder, changedFile);
  for (const name of await namesToCopy()) {
    await cp(join(root, name), join(folder, name), { recursive: true, filter: (path) => !isLeftOut(path) });
  }
  return {
    folder,
    async change(mark) {
      const text = await readFile(file, 'utf8');
      if (!line.test(text)) throw new Error(`${changedFile} has no longer the line that is to be changed`);
      await writeFile(
        file,
        text.replace(line, (_, before: string, after: string) => `${before} (${mark})${after}`),
      );
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What .dockerignore lets into a build, and what describes the build. */
async function namesToCopy(): Promise<string[]> {
  const ignored = await readFile(join(root, '.dockerignore'), 'utf8');
  const sent = ignored.split('\n').flatMap((text) => (text.startsWith('!') ? [text.slice(1).trim()] : []));
  return [...sent, '.dockerignore', 'Dockerfile', 'compose.yaml', 'deploy'];
}

const isLeftOut = (path: string): boolean => /\/node_modules(\/|$)/.test(path.slice(root.length - 1));
