// Versions to roll out: the images that run, with one line more each.
import { read } from '../environments/compose/command.ts';
import type { ServiceName } from '../environments/environment.ts';
import type { Images } from './platform.ts';

/** What is added to the image that runs. The first is as good as what runs; the others are bad. */
const lines = {
  next: 'ENV CLEAVE_VERSION=next',
  'never-ready': 'ENV FAULTS=on VERSION_FAULT=unready',
  crashes: 'CMD ["node", "--eval", "process.exit(1)"]',
} as const;
export type VersionName = keyof typeof lines;

export interface Versions {
  /** The tag of a version: these are of this run only. */
  tagOf(version: VersionName): string;
  imageOf(component: ServiceName, version: VersionName): string;
  /** Removes the images from the engine here. */
  remove(): Promise<void>;
}

/** Builds versions of components and makes them usable on every node. @param mark tells them from another run's */
export async function makeVersions(
  images: Images,
  wanted: readonly (readonly [ServiceName, VersionName])[],
  mark: string,
): Promise<Versions> {
  const tagOf = (version: VersionName): string => `${version}-${mark}`;
  const imageOf = (component: ServiceName, version: VersionName): string =>
    `cleave/${component}:${tagOf(version)}`;
  const made: string[] = [];
  for (const [component, version] of wanted) {
    const input = `FROM cleave/${component}:${images.tag}\n${lines[version]}\n`;
    await read('docker', ['build', '--quiet', '--tag', imageOf(component, version), '-'], { input });
    made.push(imageOf(component, version));
  }
  await images.load(made);
  return { tagOf, imageOf, remove: () => removeImages(made) };
}

/** Those that are gone already are no error. */
export async function removeImages(images: readonly string[]): Promise<void> {
  if (images.length > 0) await read('docker', ['image', 'rm', '--force', ...images]);
}
