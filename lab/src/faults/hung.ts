import { atOnce, type Fault, NotSeen } from './fault.ts';
import { firstReplica } from './replicas.ts';

export const hung: Fault = {
  name: 'hung',
  label: 'hung',
  how: 'one process that runs the module is paused with its sockets open',
  countsFrom: 'seen',
  leadSeconds: atOnce,
  startsAnew: false,
  async apply({ deployment, module }) {
    const service = deployment.serving(module);
    const { id, pid } = await firstReplica(deployment, service);
    await deployment.pause(service);
    return {
      evidence: `${id} (pid ${pid ?? 'unknown'}) stands still`,
      async check() {
        const { pid: now } = await firstReplica(deployment, service);
        if (now !== pid) throw new NotSeen(`${id} is pid ${now ?? 'none'} now`);
        return 'still the same process';
      },
      async remove() {
        await deployment.resume(service);
        return undefined;
      },
    };
  },
};
