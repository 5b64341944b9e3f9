// SIGKILL, kept down: of the process that runs a module's code, or of the server that holds its tables.
import type { PartName } from '../environments/environment.ts';
import { type Active, atOnce, type Fault, NotSeen, type Target } from './fault.ts';
import { firstReplica } from './replicas.ts';

const stop = async ({ deployment }: Target, name: PartName): Promise<Active> => {
  const { id, pid } = await firstReplica(deployment, name);
  await deployment.kill(name);
  const check = async (): Promise<string> => {
    const { pid: now } = await firstReplica(deployment, name);
    if (now !== undefined) throw new NotSeen(`${id} runs, as pid ${now}`);
    return `still down`;
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
  how: 'SIGKILL to one process that runs the module, and kept down',
  countsFrom: 'seen',
  leadSeconds: atOnce,
  startsAnew: true,
  apply: (target) => stop(target, target.deployment.serving(target.module)),
};

export const databaseStopped: Fault = {
  name: 'database-stopped',
  label: 'database stopped',
  how: 'SIGKILL to the server that holds the module\u2019s tables, and kept down',
  countsFrom: 'seen',
  leadSeconds: atOnce,
  startsAnew: true,
  apply: (target) => stop(target, target.deployment.databaseOf(target.module)),
};
