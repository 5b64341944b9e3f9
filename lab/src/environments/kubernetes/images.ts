// Images of components on the nodes of a cluster, which has no registry that knows them.
import { CannotStart } from '../cannot-start.ts';
import { read } from '../compose/command.ts';
import type { ServiceName, Topology } from '../environment.ts';
import { layouts } from '../layout.ts';
import { kubectl } from './kubectl.ts';

/** What copies images of the Docker engine here to every node; the images are its last arguments. */
export type Loader = readonly [string, ...string[]];

const given: readonly { context: RegExp; loader: Loader }[] = [
  { context: /^minikube$/, loader: ['minikube', 'image', 'load'] },
  { context: /^kind-/, loader: ['kind', 'load', 'docker-image'] },
  { context: /^k3d-/, loader: ['k3d', 'image', 'import'] },
  { context: /^k8s-dev$/, loader: ['k8s-load'] },
];

/**
 * Makes images of the Docker engine here usable on every node.
 * @param loader the command for it; without it that of the kind of cluster which the kubeconfig's context names
 * @throws CannotStart when it is not known how
 */
export async function loadImages(images: readonly string[], loader: Loader | undefined): Promise<void> {
  const [file, ...args] = loader ?? (await loaderOfContext());
  await read(file, [...args, ...images]);
}

async function loaderOfContext(): Promise<Loader> {
  const name = await kubectl(['config', 'current-context']);
  const known = given.find(({ context }) => context.test(name));
  if (known) return known.loader;
  throw new CannotStart(
    `It is not known how images get onto the nodes of ${name}: set KUBERNETES_IMAGE_LOADER to a command that takes their names.`,
  );
}

/** The images that these topologies run, those of databases as deploy/k8s names them. */
export const componentImages = (topologies: readonly Topology[], tag: string): string[] => [
  ...new Set(
    topologies.flatMap((topology) => layouts[topology].services.map(({ name }) => imageOf(name, tag))),
  ),
  DATABASE_IMAGE,
];

/** A component's image of a version. */
export const imageOf = (component: ServiceName, tag: string): string => `cleave/${component}:${tag}`;

const DATABASE_IMAGE = 'postgres:18-trixie';
