import { bake } from './bake.ts';
import { inspectImage } from './inspect.ts';
import { readOrigin, revisionLabels } from './labels.ts';
import type { Say } from './say.ts';
import { writeSbom } from './sbom/write.ts';
import { imageOf, type Target } from './targets.ts';

export interface BuildOptions {
  tag: string;
  /** What cannot be built is left out by the caller; the builder's own when it is empty. */
  platforms: readonly string[];
  /** Several platforms are pushed as they are built: an engine keeps one of them only. */
  registry: string | undefined;
  /** Where the SBOMs go. */
  folder: string;
}

export interface BuiltImage {
  component: string;
  image: string;
  id: string;
  layers: number;
  labels: Record<string, string>;
  sbom: string;
}

/**
 * Builds the images of components in parallel, for the engine to keep, and writes what is in each.
 * @throws Error when one cannot be built
 */
export async function buildImages(
  targets: readonly Target[],
  { tag, platforms, registry, folder }: BuildOptions,
  { say, signal }: { say: Say; signal: AbortSignal },
): Promise<BuiltImage[]> {
  const names = targets.map(({ component }) => component);
  const variables = { TAG: tag, ...(await readOrigin()) };
  const overrides = (await Promise.all(targets.map(revisionLabels))).flat();
  const common = { targets: names, overrides, say, signal };
  say.line(`Building ${names.join(', ')} with the tag ${tag} ...`);
  await bake({ ...common, variables, flags: ['--load'] });
  if (platforms.length > 0 && registry !== undefined) {
    say.line(`Building and pushing them for ${platforms.join(' and ')} ...`);
    await bake({
      ...common,
      variables: { ...variables, REGISTRY: registry },
      overrides: [...overrides, `*.platform=${platforms.join(',')}`],
      flags: ['--push'],
    });
  }
  say.line('Reading what is in them ...');
  return Promise.all(
    targets.map(async (target) => {
      const image = imageOf(target.component, tag);
      const { Id: id, RootFS, Config } = await inspectImage(image);
      const sbom = await writeSbom(target, image, folder);
      const labels = Config.Labels ?? {};
      return { component: target.component, image, id, layers: RootFS.Layers.length, labels, sbom };
    }),
  );
}
