import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import type { Topology } from '../environment.ts';
import { kubectl } from './kubectl.ts';
import { type KubernetesObject, objectSchema } from './objects.ts';

const overlays = fileURLToPath(new URL('../../../../deploy/k8s/overlays/', import.meta.url));

/** Describes what is to be built: a topology as deploy/k8s has it for clusters of tests, in another namespace. */
export interface Kustomization {
  topology: Topology;
  namespace: string;
  /** Further overlays of the kind Component. */
  components?: readonly string[];
}

/** Writes a kustomization into a folder of its own, gives that to `use`, and removes it. */
export async function withKustomization<T>(
  { topology, namespace, components = [] }: Kustomization,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(await realpath(tmpdir()), 'cleave-kustomize-'));
  const from = await realpath(overlays);
  const pathOf = (overlay: string): string => relative(folder, join(from, overlay)); // kustomize takes no other
  const kustomization = {
    apiVersion: 'kustomize.config.k8s.io/v1beta1',
    kind: 'Kustomization',
    namespace,
    resources: [pathOf(`test/${topology}`)],
    components: components.map(pathOf),
  };
  try {
    await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The objects of a kustomization, as they would be applied. */
export const build = async (folder: string): Promise<KubernetesObject[]> =>
  parseAllDocuments(await kubectl(['kustomize', folder])).map((document) => {
    const [error] = document.errors;
    if (error) throw error;
    return objectSchema.parse(document.toJS());
  });
