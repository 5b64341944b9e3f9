import { type Component, databases, type EnvironmentDriver, type Service, services } from '../driver.ts';
import type { AnyTopology, Deployment, PartName } from '../environment.ts';
import { type Deployed, membersOf } from './deployed.ts';
import { required } from './required.ts';
import type { Session } from './session.ts';

const topologyOf = (name: PartName): AnyTopology =>
  name === 'monolith' || name === 'monolith-db' ? 'monolith' : 'microservices';

/** The verbs of EnvironmentDriver, which know a component of the two main topologies by its name alone. */
export function oldVerbs(
  deployment: (topology: AnyTopology) => Deployment,
  session: () => Session,
  all: ReadonlyMap<AnyTopology, Deployed>,
): Omit<EnvironmentDriver, 'up' | 'down'> {
  const at = (name: PartName) => deployment(topologyOf(name));
  const pidOf = (name: PartName): number | undefined => {
    const deployed = all.get(topologyOf(name));
    return deployed && membersOf(deployed, name)[0]?.process.pid();
  };
  const describe = (): Component[] => {
    const ports = session().homes.get('main')?.ports ?? { databases: {}, services: {} };
    return [
      ...services.map((name) => ({ name, pid: pidOf(name), ...required(ports.services, name) })),
      ...databases.map((name) => ({ name, pid: pidOf(name), port: required(ports.databases, name) })),
    ];
  };
  return {
    baseUrl: (topology) => deployment(topology).baseUrl,
    components: describe,
    kill: (service: Service) => at(service).kill(service),
    restore: (service) => at(service).restore(service),
    pause: (service) => at(service).pause(service),
    resume: (service) => at(service).resume(service),
    restart: (service) => at(service).restart(service),
    async stats() {
      const usages = await Promise.all([...all.keys()].map((topology) => deployment(topology).usage()));
      return [...services, ...databases].flatMap((name) => {
        const usage = usages.flat().find(({ part }) => part === name);
        const pid = pidOf(name);
        return usage && pid !== undefined
          ? [{ name, pid, cpuSeconds: usage.cpuSeconds, memoryBytes: usage.memoryBytes }]
          : [];
      });
    },
  };
}
