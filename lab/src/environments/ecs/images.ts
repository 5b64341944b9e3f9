// What runs under the lab: today's images with the variables of an experiment, which no template has.
import { randomBytes } from 'node:crypto';
import { read } from '../compose/command.ts';
import type { ServiceName, Version } from '../environment.ts';

const components = [
  'monolith',
  'gateway',
  'users',
  'threads',
  'posts',
] as const satisfies readonly ServiceName[];
const CONTROL_PORT = '9091';

export interface LabImages {
  /** Of the images with which topologies start. */
  readonly tag: string;
  /** Builds them upon those of tag `local`. */
  build(logLevel: string, signal: AbortSignal): Promise<void>;
  /** Builds an image of a version, unlike any before. @returns its tag */
  version(service: ServiceName, version: Version): Promise<string>;
  /** The name here of an image by what the registry calls it, as in `…/users@sha256:0a1b…`. */
  nameOf(service: ServiceName, pushed: string): Promise<string>;
  remove(): Promise<void>;
  /** Those that are there now. */
  left(): Promise<string[]>;
}

/** @param run in the tags of all of them */
export function createLabImages(run: string): LabImages {
  const tag = `lab-${run}`;
  const shared = new Map<ServiceName, Record<string, string>>();
  const build = async (
    from: string,
    name: string,
    env: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ) => {
    const lines = Object.entries(env).map(
      ([key, value]) => `ENV ${key}=${JSON.stringify(value).replaceAll('$', '\\$')}`,
    );
    const input = [`FROM ${from}`, ...lines, ''].join('\n');
    await read('docker', ['build', '--quiet', '--tag', name, '-'], { input, ...(signal && { signal }) });
  };
  const left = async (): Promise<string[]> => {
    const names = await read('docker', ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}']);
    return names.split('\n').filter((name) => name.startsWith('cleave/') && name.includes(`:${tag}`));
  };
  return {
    tag,
    left,
    async build(logLevel, signal) {
      for (const component of components) {
        // a token for each component, so that none knows another's
        const env = {
          FAULTS: 'on',
          LOG_LEVEL: logLevel,
          CONTROL_PORT,
          CONTROL_TOKEN: randomBytes(24).toString('hex'),
        };
        shared.set(component, env);
        await build(`cleave/${component}:local`, `cleave/${component}:${tag}`, env, signal);
      }
    },
    async version(service, { image, env }) {
      const mark = randomBytes(3).toString('hex');
      const name = `cleave/${service}:${tag}-${mark}`;
      const from = image ?? `cleave/${service}:${tag}`;
      // the mark makes it another image, whose tasks are new ones even where nothing else is
      await build(from, name, { ...shared.get(service), CLEAVE_ROLLOUT: mark, ...env });
      return `${tag}-${mark}`;
    },
    async nameOf(service, pushed) {
      const id = await read('docker', ['image', 'inspect', '--format', '{{.Id}}', pushed]);
      const images = await read('docker', [
        'image',
        'ls',
        '--no-trunc',
        '--format',
        '{{.ID}} {{.Repository}}:{{.Tag}}',
      ]);
      const ours = images
        .split('\n')
        .find((line) => line.startsWith(`${id} `) && line.includes(` cleave/${service}:`));
      return ours?.split(' ')[1] ?? pushed;
    },
    async remove() {
      const names = await left();
      if (names.length > 0) await read('docker', ['image', 'rm', '--force', ...names]);
    },
  };
}
