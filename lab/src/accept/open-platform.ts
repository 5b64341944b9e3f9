import type { OpenPlatform, PlatformName } from './platform.ts';

/** Loads the platform's code only when it is asked for. */
export async function platformOpener(name: PlatformName): Promise<OpenPlatform> {
  switch (name) {
    case 'compose':
      return (await import('../environments/compose/compose-platform.ts')).createComposePlatform;
    case 'swarm':
      return (await import('../environments/swarm/swarm-platform.ts')).createSwarmPlatform;
    case 'kubernetes':
      return (await import('../environments/kubernetes/kubernetes-platform.ts')).createKubernetesPlatform;
    case 'ecs':
      return (await import('../environments/ecs/ecs-platform.ts')).createEcsPlatform;
  }
}
