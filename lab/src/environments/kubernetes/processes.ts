// The processes of containers as this machine sees them: the nodes of a cluster for development (minikube's docker
// driver, kind and the like) are containers or namespaces of it.
import { readdir, readFile } from 'node:fs/promises';
import { isGone } from '../local/processes.ts';

/** The processes of one container, as this machine counts them. */
export interface ContainerProcesses {
  /** The one that is number 1 in the container. */
  main: number | undefined;
  all: number[];
}

/** By container id; a container that does not run, or not on this machine, is not among them. */
export async function processesOf(
  containers: readonly string[],
): Promise<ReadonlyMap<string, ContainerProcesses>> {
  const found = new Map<string, ContainerProcesses>();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  await Promise.all(
    pids.map(async (pid) => {
      const groups = await textOf(`/proc/${pid}/cgroup`);
      const id = containers.find((each) => groups.includes(each));
      if (id === undefined) return;
      const isMain = /^NSpid:.*\t1$/m.test(await textOf(`/proc/${pid}/status`));
      const { main, all } = found.get(id) ?? { main: undefined, all: [] };
      found.set(id, { main: isMain ? pid : main, all: [...all, pid] });
    }),
  );
  return found;
}

/** A file below /proc; empty when its process has gone. */
async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isGone(error)) return '';
    throw error;
  }
}
