import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, platform, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import type { Report } from '../report/schema.ts';

const run = promisify(execFile);

/** The name in /etc/os-release, or what the kernel calls itself where there is no such file. */
const systemName = async (): Promise<string> => {
  if (platform() !== 'linux') return `${type()} ${release()}`;
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="?([^"\n]+)/m.exec(text)?.[1] ?? `${type()} ${release()}`;
};

/** The machine that everything runs on. To be called before the run, since it tells how busy the machine was then. */
export const describeMachine = async (): Promise<Report['machine']> => ({
  cpu: cpus()[0]?.model.trim() || 'unknown',
  cores: availableParallelism(),
  memoryGiB: Number((totalmem() / 2 ** 30).toFixed(1)),
  os: await systemName(),
  node: process.version,
  loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
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
