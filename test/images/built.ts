// The images that run.ts built, with a tag of its own.
import { join } from 'node:path';
import { read } from '../../lab/src/environments/compose/command.ts';

const { IMAGES_TAG = 'local', IMAGES_SBOMS = 'out/images' } = process.env;

export const tag = IMAGES_TAG;
export const sbomFolder = IMAGES_SBOMS;
export const components = ['monolith', 'gateway', 'users', 'threads', 'posts'] as const;
export type Component = (typeof components)[number];

export const imageOf = (component: Component): string => `cleave/${component}:${tag}`;
export const sbomOf = (component: Component): string => join(sbomFolder, `${component}.cdx.json`);
export const folderOf = (component: Component): string =>
  component === 'monolith' || component === 'gateway' ? component : `services/${component}`;

/** Runs JavaScript in a container of an image, without a network, as the image's own user. @returns its stdout */
export const runIn = (image: string, source: string, ...options: string[]): Promise<string> =>
  read('docker', ['run', '--rm', '--network=none', ...options, image, 'node', '--eval', source]);
