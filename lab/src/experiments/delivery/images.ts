// Builds images before and after the change, and tells what differs.
import { read } from '../../environments/compose/command.ts';
import { layerDifference } from '../../environments/compose/layers.ts';
import { type Copy, changedFile } from './change.ts';
import type { BuiltImage } from './record.ts';

/** The images of one trial; they are removed with `remove`. */
export interface Build {
  images: BuiltImage[];
  /** The image of a component after the change. */
  tagOf(component: string): string;
  remove(): Promise<void>;
}

/**
 * Builds each component from the sources as they are, which fills the cache, then changes the line and builds again:
 * what a machine that builds every commit has to do. Sizes are of the layers that are new.
 */
export async function buildChange(
  copy: Copy,
  components: readonly string[],
  mark: string,
  signal: AbortSignal,
): Promise<Build> {
  const before = `${mark}-before`;
  const built: string[] = [];
  const build = async (component: string, tag: string): Promise<number> => {
    const begun = performance.now();
    const command = [
      'compose',
      '--progress=plain',
      '--file',
      `${copy.folder}/compose.yaml`,
      'build',
      component,
    ];
    await read('docker', command, { env: { TAG: tag }, signal });
    built.push(`cleave/${component}:${tag}`);
    return (performance.now() - begun) / 1_000;
  };
  const remove = async () => {
    if (built.length > 0) await read('docker', ['image', 'rm', '--force', ...built]);
  };
  try {
    for (const component of components) await build(component, before);
    await copy.change(mark);
    const images: BuiltImage[] = [];
    for (const component of components) {
      const seconds = await build(component, mark);
      const image = (tag: string) => `cleave/${component}:${tag}`;
      images.push({ component, seconds, ...(await layerDifference(image(before), image(mark))) });
    }
    if (images.every(({ newLayers }) => newLayers === 0))
      throw new Error(`no image changed with ${changedFile}`);
    return { images, tagOf: (component) => `cleave/${component}:${mark}`, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
