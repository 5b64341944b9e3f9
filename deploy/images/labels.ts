import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { read } from '../../lab/src/environments/compose/command.ts';
import { root } from '../../lab/src/experiments/delivery/code/workspaces.ts';
import { revisionOf } from './revision.ts';
import type { Target } from './targets.ts';

const manifest = z.object({ version: z.string() });
const prefix = 'org.opencontainers.image';

/** The variables of docker-bake.hcl that tell where all of it is from. */
export async function readOrigin(): Promise<{ VERSION: string; SOURCE: string }> {
  const { version } = manifest.parse(JSON.parse(await readFile(`${root}/package.json`, 'utf8')));
  // fails where this is no repository, or has no remote of that name: then nothing is said of the source
  const remote = await read('git', ['config', '--default', '', '--get', 'remote.origin.url']).catch(() => '');
  return { VERSION: version, SOURCE: sourceUrl(remote) ?? '' };
}

/** A remote's address as a page to visit, without any user or token in it; none for a folder. */
export function sourceUrl(remote: string): string | undefined {
  const [, host, path] =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/.exec(remote) ??
    /^(?:[^@/:]+@)([^/:]+):(.+)$/.exec(remote) ??
    [];
  if (host === undefined || path === undefined) return undefined;
  return `https://${host}/${path.replace(/\.git$/, '')}`;
}

/** The labels that differ between components, as overrides of docker-bake.hcl. */
export async function revisionLabels({ component, folder }: Target): Promise<string[]> {
  const found = await revisionOf(folder);
  if (found === undefined) return [];
  return Object.entries(found).map(([key, value]) => `${component}.labels.${prefix}.${key}=${value}`);
}
