import { z } from 'zod';
import type { Loader } from './images.ts';

const schema = z.object({
  // `there`: the nodes have images of our tag already, or get them from a registry; else they are built and loaded
  KUBERNETES_IMAGES: z.enum(['build', 'there']).default('build'),
  // copies images of the Docker engine to every node, as in `kind load docker-image`; else the context's name decides
  KUBERNETES_IMAGE_LOADER: z.string().optional(),
  // breaks and mends nodes: `<command> stop|start|cut|heal <node>` and `<command> list`
  KUBERNETES_NODE_COMMAND: z.string().default('k8s-node'),
});

export interface KubernetesConfig {
  buildsImages: boolean;
  imageLoader: Loader | undefined;
  nodeCommand: string;
}

/** Reads what is particular to the cluster at hand from the environment. */
export function readKubernetesConfig(env: NodeJS.ProcessEnv = process.env): KubernetesConfig {
  const given = schema.parse(env);
  const [file, ...args] = (given.KUBERNETES_IMAGE_LOADER ?? '').split(' ').filter(Boolean);
  return {
    buildsImages: given.KUBERNETES_IMAGES === 'build',
    imageLoader: file === undefined ? undefined : [file, ...args],
    nodeCommand: given.KUBERNETES_NODE_COMMAND,
  };
}
