// k6 from Docker's image grafana/k6.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import type { Log } from './generator.ts';
import { type K6, LOAD_FOLDER, PINNED_VERSION, runFlags, versionIn } from './k6.ts';
import { findProgram } from './k6-local.ts';
import { runCommand } from './run-command.ts';
import type { GeneratorSettings } from './settings.ts';

const IMAGE = `grafana/k6:${PINNED_VERSION}`;
const ENGINE_ANSWERS_MS = 5000;
/** A pull that takes longer would not be what a person waits for; there are other ways to get k6. */
const PULL_MS = 10_000;

/** On Linux a container can share the host's network. Elsewhere the engine is in a virtual machine. */
export const reachHost = (
  platform: NodeJS.Platform,
  baseUrl: string,
): { flags: string[]; baseUrl: string } =>
  platform === 'linux'
    ? { flags: ['--network', 'host'], baseUrl }
    : {
        flags: [],
        baseUrl: baseUrl.replace(/\/\/(localhost|127\.0\.0\.1)(?=[:/]|$)/, '//host.docker.internal'),
      };

/** The arguments of `docker` that start a job. k6 runs as the caller, who can read the scripts. */
const runArguments = (
  name: string,
  job: Parameters<K6['start']>[0],
  settings: GeneratorSettings,
): string[] => {
  const host = reachHost(settings.platform, job.constants.BASE_URL ?? '');
  const constants = job.constants.BASE_URL ? { ...job.constants, BASE_URL: host.baseUrl } : job.constants;
  const user = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const env = Object.entries({ GOGC: '400', ...job.settings }).flatMap(([key, value]) => [
    '-e',
    `${key}=${value}`,
  ]);
  return [
    ...['run', '--rm', '--name', name, '--log-driver', 'none', '--user', user, '--read-only', ...host.flags],
    ...['-v', `${LOAD_FOLDER}:/load:ro`, ...env, IMAGE],
    ...['run', ...runFlags({ ...job, constants }), `/load/${job.script}.ts`],
  ];
};

const dockerK6 = (docker: string, version: string, settings: GeneratorSettings): K6 => {
  const ask = (...args: string[]) =>
    runCommand(docker, args, { timeoutMs: ENGINE_ANSWERS_MS, env: settings.env });
  return {
    version,
    origin: 'Docker',
    start: (job) => {
      const name = `cleave-k6-${randomUUID()}`;
      const child = spawn(docker, runArguments(name, job, settings), { stdio: job.stdio, env: settings.env });
      let known: number | undefined;
      const pid = async (): Promise<number | undefined> => {
        if (known === undefined && settings.platform === 'linux') {
          const { stdout } = await ask('inspect', '-f', '{{.State.Pid}}', name);
          known = Number(stdout) || undefined;
        }
        return known;
      };
      return { child, pid, kill: () => void ask('kill', name) };
    },
  };
};

type Ask = (args: string[], timeoutMs: number) => ReturnType<typeof runCommand>;

const isPresent = async (ask: Ask): Promise<boolean> =>
  (await ask(['image', 'inspect', '-f', '{{.Id}}', IMAGE], ENGINE_ANSWERS_MS)).code === 0;

const pulled = async (ask: Ask, log: Log): Promise<boolean> => {
  if ((await ask(['info', '-f', '{{.ServerVersion}}'], ENGINE_ANSWERS_MS)).code !== 0) return false;
  log(`Pulling ${IMAGE} …`);
  if ((await ask(['pull', '-q', IMAGE], PULL_MS)).code === 0) return true;
  log(`${IMAGE} could not be pulled within ${PULL_MS / 1000} s.`);
  return false;
};

/** k6 in Docker: from an image that is there or, if `pull`, can be had within 10 s. */
export const k6InDocker = async (
  settings: GeneratorSettings,
  log: Log,
  pull: boolean,
): Promise<K6 | undefined> => {
  const docker = await findProgram('docker', settings.path);
  if (!docker) return undefined;
  const ask: Ask = (args, timeoutMs) => runCommand(docker, args, { timeoutMs, env: settings.env });
  if (!(await isPresent(ask)) && !(pull && (await pulled(ask, log)))) return undefined;
  const version = versionIn(
    (await ask(['run', '--rm', '--log-driver', 'none', IMAGE, 'version'], PULL_MS)).stdout,
  );
  return version ? dockerK6(docker, version, settings) : undefined;
};
