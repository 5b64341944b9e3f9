import type { AnyTopology, Deployment, PartName } from '../environment.ts';
import type { Container } from './containers.ts';
import type { Engine } from './engine.ts';
import type { Project } from './project.ts';

export interface RolloutParts {
  topology: AnyTopology;
  project: Project;
  engine: Engine;
  replicasOf(part: PartName): Promise<Container[]>;
}

export function createRollouts({ topology }: RolloutParts): Pick<Deployment, 'scale' | 'deploy'> {
  return {
    async scale(service) {
      throw new Error(`${topology}: ${service} cannot be scaled yet`);
    },
    async deploy(service) {
      throw new Error(`${topology}: ${service} cannot be rolled out yet`);
    },
  };
}
