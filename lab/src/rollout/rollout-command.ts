// What `npm run rollout` asks of a platform: `lab/src/environments/<platform>/rollout-command.ts` exports these two.
import type { Rollout, ServiceName } from '../environments/environment.ts';

/** A version to be rolled out. */
export interface RolloutOrder {
  component: ServiceName;
  /** As in `cleave/posts:next`. */
  image: string;
  /** What is not ready by then is taken back. */
  deadlineSeconds: number;
}

export interface RolloutCommand {
  /**
   * Replaces a component's replicas by ones of that image, without a gap where the platform can, and resolves when it
   * serves or what ran before does again. It knows nothing but what runs: no state of a lab.
   * @param target a compose project, a stack, a namespace or a site on AWS
   * @throws Error when there is no such component, or what ran before did not come back
   */
  rollOut(target: string, order: RolloutOrder): Promise<Rollout>;
  /** Goes back to the version before the last rollout, likewise. @throws Error when none is known */
  rollBack(target: string, component: ServiceName): Promise<Rollout>;
}
