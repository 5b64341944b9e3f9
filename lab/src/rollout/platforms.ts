import type { ServiceName } from '../environments/environment.ts';
import type { RolloutCommand } from './rollout-command.ts';

export const rolloutPlatforms = ['compose', 'swarm', 'kubernetes', 'ecs'] as const;
export type RolloutPlatform = (typeof rolloutPlatforms)[number];

/** Loads the platform's code only when it is asked for. */
export function commandOf(platform: RolloutPlatform): Promise<RolloutCommand> {
  switch (platform) {
    case 'compose':
      return import('../environments/compose/rollout-command.ts');
    case 'swarm':
      return import('../environments/swarm/rollout-command.ts');
    case 'kubernetes':
      return import('../environments/kubernetes/rollout-command.ts');
    case 'ecs':
      return import('../environments/ecs/rollout-command.ts');
  }
}

/** Where the guides put a component. */
export function defaultTarget(platform: RolloutPlatform, component: ServiceName): string {
  if (platform !== 'kubernetes') return 'cleave';
  return component === 'monolith' ? 'cleave-monolith' : 'cleave-microservices';
}
