import { z } from 'zod';
import type { Loader } from './images.ts';

const schema = z.object({
  // copies images of the Docker engine to every node, as in `kind load docker-image`; else the context's name decides
  KUBERNETES_IMAGE_LOADER: z.string().optional(),
  // breaks and mends nodes: `<command> stop|start|cut|heal <node>` and `<command> list`
  KUBERNETES_NODE_COMMAND: z.string().default('k8s-node'),
});

export interface KubernetesConfig {
  imageLoader: Loader | undefined;
  nodeCommand: string;
}

/** Reads what is particular to the cluster at hand from the environment. */
export function readKubernetesConfig(env: NodeJS.ProcessEnv = process.env): KubernetesConfig {
  const { KUBERNETES_IMAGE_LOADER: loader, KUBERNETES_NODE_COMMAND: nodeCommand } = schema.parse(env);
  const [file, ...args] = (loader ?? '').split(' ').filter(Boolean);
  return { imageLoader: file === undefined ? undefined : [file, ...args], nodeCommand };
}
