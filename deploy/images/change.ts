import { read } from '../../lab/src/environments/compose/command.ts';
import { type LayerDifference, layerDifference } from '../../lab/src/environments/compose/layers.ts';
import { changedFile, copySources } from '../../lab/src/experiments/delivery/change.ts';
import { bake } from './bake.ts';
import { type Pushed, push } from './push.ts';
import type { Say } from './say.ts';
import { imageOf, type Target } from './targets.ts';

/** What became of an image when one line was changed. */
export interface ChangedImage extends LayerDifference {
  component: string;
  /** None when nothing was pushed. */
  pushed: Pushed | null;
}

const tags = { before: 'before-one-line', after: 'after-one-line' };

/**
 * Builds all images in a copy of the sources, changes one line of posts there, builds again, and tells what differs.
 * With a registry both are pushed to it, where their tags stay. No image stays in the engine.
 */
export async function changeOneLine(
  targets: readonly Target[],
  registry: string | undefined,
  { say, signal }: { say: Say; signal: AbortSignal },
): Promise<ChangedImage[]> {
  const components = targets.map(({ component }) => component);
  const copy = await copySources();
  const build = (tag: string) => {
    // the copy is outside of the folder that newer versions of bake may read
    const variables = { TAG: tag, BUILDX_BAKE_ENTITLEMENTS_FS: '0' };
    const overrides = [`*.context=${copy.folder}`];
    return bake({ targets: components, variables, overrides, flags: ['--load'], say, signal });
  };
  const pushAll = async (tag: string): Promise<Map<string, Pushed>> => {
    const pushed = new Map<string, Pushed>();
    if (registry === undefined) return pushed;
    for (const component of components) {
      const image = imageOf(component, tag);
      pushed.set(component, await push(image, `${registry}/${image}`, signal));
    }
    return pushed;
  };
  const both = components.flatMap((component) => Object.values(tags).map((tag) => imageOf(component, tag)));
  try {
    say.line('Building all images from a copy of the sources ...');
    await build(tags.before);
    await pushAll(tags.before);
    await copy.change('one line');
    say.line(`Building them again, one line of ${changedFile} being changed ...`);
    await build(tags.after);
    const pushed = await pushAll(tags.after);
    const changed: ChangedImage[] = [];
    for (const component of components) {
      const difference = await layerDifference(
        imageOf(component, tags.before),
        imageOf(component, tags.after),
      );
      changed.push({ component, ...difference, pushed: pushed.get(component) ?? null });
    }
    return changed;
  } finally {
    await copy.remove();
    await removeImages(
      both.flatMap((image) => (registry === undefined ? [image] : [image, `${registry}/${image}`])),
    );
  }
}

/** Those of them that there are. */
async function removeImages(images: readonly string[]): Promise<void> {
  for (const image of images) {
    if ((await read('docker', ['image', 'ls', '--quiet', image])) === '') continue;
    await read('docker', ['image', 'rm', image]);
  }
}
