// SIGKILL of the process that runs a module's code, or of the server that holds its tables. It is kept down where the
// platform does not start it again; where it does, that is a part of what is measured.
import type { PartName } from '../environments/environment.ts';
import { type Active, atOnce, type Fault, NotSeen, type Target } from './fault.ts';
import { firstReplica, replicasOf } from './replicas.ts';

const stop = async ({ deployment, heals }: Target, name: PartName): Promise<Active> => {
  const { id, pid } = await firstReplica(deployment, name);
  await deployment.kill(name);
  const check = async (): Promise<string> => {
    const [first] = await replicasOf(deployment, name); // none while the platform puts another in its place
    if (first?.pid === undefined) return 'still down';
    if (heals) return `${first.id} was started by the platform, as pid ${first.pid}`;
    throw new NotSeen(`${id} runs, as pid ${first.pid}`);
  };
  return {
    evidence: `${id} (pid ${pid ?? 'unknown'}) is gone`,
    check,
    async remove() {
      await deployment.restore(name);
      return undefined;
    },
  };
};

export const killed: Fault = {
  name: 'killed',
  label: 'killed',
  how: 'SIGKILL to one process that runs the module, kept down where the platform does not start it again',
  countsFrom: 'seen',
  leadSeconds: atOnce,
  startsAnew: true,
  apply: (target) => stop(target, target.deployment.serving(target.module)),
};

export const databaseStopped: Fault = {
  name: 'database-stopped',
  label: 'database stopped',
  how: 'SIGKILL to the server that holds the module\u2019s tables, kept down where the platform does not start it again',
  countsFrom: 'seen',
  leadSeconds: atOnce,
  startsAnew: true,
  apply: (target) => stop(target, target.deployment.databaseOf(target.module)),
};
