import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, platform, release, totalmem, type } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Report } from '../report/schema.ts';
import { busyShare, machineTimes } from '../trial/machine-busy.ts';

const run = promisify(execFile);

/** The name in /etc/os-release, or what the kernel calls itself where there is no such file. */
const systemName = async (): Promise<string> => {
  if (platform() !== 'linux') return `${type()} ${release()}`;
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(text)?.[1] ?? `${type()} ${release()}`;
};

/** The share of all cores that is busy during the next second. A load average would still tell of what is over. */
const busyNow = async (): Promise<number> => {
  const before = machineTimes();
  await setTimeout(1000);
  return Number(busyShare(before, machineTimes()).toFixed(2));
};

/** The machine that everything runs on. To be called before the run, since it looks for a second how busy the machine is. */
export const describeMachine = async (): Promise<Report['machine']> => ({
  cpu: cpus()[0]?.model.trim() || 'unknown',
  cores: availableParallelism(),
  memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
  os: await systemName(),
  node: process.version,
  busyBefore: await busyNow(),
});

/** The commit of this project, with "-dirty" when files were changed since; "unknown" outside a git clone. */
export const describeCommit = async (): Promise<string> => {
  const git = (...args: string[]) => run('git', args, { cwd: import.meta.dirname });
  try {
    const { stdout: commit } = await git('rev-parse', 'HEAD');
    const { stdout: changes } = await git('status', '--porcelain', '--untracked-files=no');
    return `${commit.trim()}${changes.trim() === '' ? '' : '-dirty'}`;
  } catch {
    return 'unknown'; // no git, or a copy without history: a report without a commit is still a report
  }
};
