import { readdir, readFile } from 'node:fs/promises';

/**
 * The process of a container on another node as this machine sees it, where that node is a namespace of this machine;
 * undefined on a machine of its own.
 */
export async function hostPid(container: string): Promise<number | undefined> {
  const names = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    names.map(async (name) => {
      const groups = await textOf(`/proc/${name}/cgroup`);
      if (!groups.includes(container)) return undefined;
      const own = /^NSpid:.*\t(\d+)$/m.exec(await textOf(`/proc/${name}/status`))?.[1];
      return own === '1' ? Number(name) : undefined;
    }),
  );
  return found.find((pid) => pid !== undefined);
}

/** Empty for a process that has ended meanwhile. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH'].includes(String(error.code)))
      return '';
    throw error;
  }
}
