import { globSync, readFileSync } from 'node:fs';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { root } from '../architecture/sources.ts';

/** Every overlay that can be applied by itself, as a folder from the root of the repository. */
export const overlays = globSync('deploy/k8s/overlays/**/kustomization.yaml', { cwd: root })
  .filter((file) => readFileSync(join(root, file), 'utf8').includes('kind: Kustomization\n'))
  .map((file) => dirname(file))
  .sort();

/** An overlay in a namespace of a test's own. */
export interface OwnOverlay {
  /** Of its kustomization. */
  folder: string;
  /** From now on this component has another tag. */
  tag(component: string, tag: string): Promise<void>;
  remove(): Promise<void>;
}

/** Makes a kustomization that puts an overlay into another namespace; databases may run on any node. */
export async function ownOverlay(overlay: string, namespace: string): Promise<OwnOverlay> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'cleave-overlay-'));
  const write = async (images: object[]): Promise<void> => {
    const kustomization = {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      namespace,
      resources: [relative(folder, join(await realpath(root), overlay))],
      images,
      patches: [
        {
          target: { kind: 'StatefulSet' },
          patch: '[{ "op": "remove", "path": "/spec/template/spec/nodeSelector" }]',
        },
      ],
    };
    await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
  };
  await write([]);
  return {
    folder,
    tag: (component, tag) => write([{ name: `cleave/${component}`, newTag: tag }]),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
