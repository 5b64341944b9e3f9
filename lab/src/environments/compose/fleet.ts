// The containers of the services of a project: made and removed one by one, as versions and replicas ask for it.
import type { PartName, ServiceName, Version } from '../environment.ts';
import { type Container, listContainers } from './containers.ts';
import type { Engine } from './engine.ts';
import type { ComposeProject } from './project.ts';

/** A version as compose starts it. */
export interface ComposeVersion extends Version {
  labels?: Readonly<Record<string, string>>;
}

export interface Fleet {
  /** A part's containers, also those that are down, in order of their numbers. @throws Error when it has none */
  replicasOf(part: PartName): Promise<Container[]>;
  /** Starts further containers of a service, until it has so many, and does not wait for them. @returns the new ones */
  add(service: ServiceName, version: ComposeVersion, total: number): Promise<Container[]>;
  /** Starts so many containers of a service that has none now, and does not wait for them. */
  start(service: ServiceName, version: ComposeVersion, total: number): Promise<void>;
  /** Stops a service's containers in order and puts new ones in their place, which it does not wait for. */
  recreate(service: ServiceName, version: ComposeVersion): Promise<Container[]>;
  /** Stops it in order and removes it. */
  retire(container: Container): Promise<void>;
  /** Removes it as it stands. */
  discard(container: Container): Promise<void>;
}

export function createFleet(project: ComposeProject, engine: Engine): Fleet {
  const replicasOf = async (part: PartName): Promise<Container[]> => {
    const all = await listContainers(engine, project.name);
    const found = all.filter(({ service }) => service === part);
    if (found.length === 0) throw new Error(`${project.name} has no ${part}`);
    return found;
  };
  const up = async (service: ServiceName, version: ComposeVersion, ...options: string[]): Promise<void> => {
    const { env: environment, image, labels } = version;
    const changed = { environment, ...(image !== undefined && { image }), ...(labels && { labels }) };
    const override = { services: { [service]: changed } };
    await project.compose(['up', '--detach', '--no-deps', '--no-build', ...options, service], { override });
  };
  const discard = ({ id }: Container): Promise<void> => engine.remove(`/containers/${id}?force=true`);
  return {
    replicasOf,
    async add(service, version, total) {
      const before = new Set((await replicasOf(service)).map(({ id }) => id));
      await up(service, version, '--no-recreate', '--scale', `${service}=${total}`);
      return (await replicasOf(service)).filter(({ id }) => !before.has(id));
    },
    start: (service, version, total) => up(service, version, '--scale', `${service}=${total}`),
    async recreate(service, version) {
      await up(service, version, '--force-recreate');
      return replicasOf(service);
    },
    async retire(container) {
      await engine.post(`/containers/${container.id}/stop`);
      await discard(container);
    },
    discard,
  };
}
