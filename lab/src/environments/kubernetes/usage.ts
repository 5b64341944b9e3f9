// What the control group of a container has used, read where the kernel keeps it: the kubelet's own figures are
// seconds old.
import { readFile } from 'node:fs/promises';
import type { Usage } from '../environment.ts';
import { isGone } from '../local/processes.ts';

type Used = Omit<Usage, 'part' | 'replica'>;

/**
 * Of the container in which this process runs, since the container's start.
 * @returns memory without the pages of files, which the kernel takes back when it needs them; undefined when it is gone
 */
export async function usageOf(pid: number): Promise<Used | undefined> {
  try {
    const groups = groupsIn(await readFile(`/proc/${pid}/cgroup`, 'utf8'));
    const [cpu, memory, network] = await Promise.all([cpuOf(groups), memoryOf(groups), networkOf(pid)]);
    return { cpuSeconds: cpu, memoryBytes: memory, ...network };
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

/** The folder of a process's group by controller; that of version 2, which has but one, by the empty name. */
export const groupsIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
        return controllers
          .split(',')
          .map((name): [string, string] => [name, `/sys/fs/cgroup/${name}${path}`.replace('//', '/')]);
      }),
  );

async function cpuOf(groups: ReadonlyMap<string, string>): Promise<number> {
  const first = groups.get('cpuacct');
  if (first !== undefined) return Number(await readFile(`${first}/cpuacct.usage`, 'utf8')) / 1e9;
  return field(await readFile(`${groups.get('')}/cpu.stat`, 'utf8'), 'usage_usec') / 1e6;
}

async function memoryOf(groups: ReadonlyMap<string, string>): Promise<number> {
  const first = groups.get('memory');
  const [folder, used, prefix] = first
    ? [first, 'memory.usage_in_bytes', 'total_'] // version 1 names the sum over a group and its children so
    : [groups.get(''), 'memory.current', ''];
  const stat = await readFile(`${folder}/memory.stat`, 'utf8');
  const files = field(stat, `${prefix}active_file`) + field(stat, `${prefix}inactive_file`);
  return Number(await readFile(`${folder}/${used}`, 'utf8')) - files;
}

/** Over all links of its pod but loopback, since the pod's start. */
async function networkOf(pid: number): Promise<{ receivedBytes: number; sentBytes: number }> {
  const lines = (await readFile(`/proc/${pid}/net/dev`, 'utf8')).split('\n').slice(2);
  const links = lines.map((line) => line.trim().split(/[:\s]+/)).filter(([name]) => name && name !== 'lo');
  const sum = (column: number): number => links.reduce((total, link) => total + Number(link[column] ?? 0), 0);
  return { receivedBytes: sum(1), sentBytes: sum(9) };
}

const field = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
