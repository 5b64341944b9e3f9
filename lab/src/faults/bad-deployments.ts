// Versions that should not have been rolled out: one that never becomes ready, and one that is ready and then fails.
import { sameVersion, type Topology } from '../environments/environment.ts';
import { atOnce, type Fault, NotSeen } from './fault.ts';
import { isBroken, requireSeen, type Seen, untilSeen } from './front-door.ts';

const readyWithinMs = 20_000;
/** For one replica to be replaced; a monolith of three copies replaces one after the other. */
const rollSeconds = (topology: Topology): number => (topology === 'monolith-replicated' ? 16 : 5);

export const neverReady: Fault = {
  name: 'deployed-never-ready',
  label: 'on a version that is never ready',
  how: 'a version is rolled out whose readiness fails for ever; it is taken back when its time is over',
  countsFrom: 'order',
  leadSeconds: atOnce,
  startsAnew: true,
  async apply({ deployment, module, lastsMs }) {
    const version = { name: 'never-ready', env: { FAULTS: 'on', VERSION_FAULT: 'unready' } };
    const rollout = deployment.deploy(deployment.serving(module), version, lastsMs);
    const outcome = Promise.allSettled([rollout]); // a failure is not lost: remove throws it
    return {
      evidence: `given ${lastsMs} ms to become ready`,
      check: async () => 'not ready yet',
      async remove() {
        await outcome;
        const { outcome: result } = await rollout;
        if (result !== 'rolled back') throw new NotSeen(`a version that is never ready was ${result}`);
        return result;
      },
    };
  },
};

export const answers500: Fault = {
  name: 'deployed-answers-500',
  label: 'on a version that answers 500',
  how: 'a version is rolled out that is ready and answers 500 to each request for the module; then the good one again',
  countsFrom: 'order',
  leadSeconds: rollSeconds,
  startsAnew: true,
  async apply({ deployment, module, signal }) {
    const service = deployment.serving(module);
    const env = { FAULTS: 'on', VERSION_FAULT: 'errors', VERSION_FAULT_PREFIX: `/api/${module}` };
    const { outcome, seconds } = await deployment.deploy(
      service,
      { name: 'answers-500', env },
      readyWithinMs,
    );
    const remove = async (): Promise<string> => {
      const good = await deployment.deploy(service, sameVersion, readyWithinMs);
      if (good.outcome !== 'deployed') throw new Error(`the good version of ${service} was ${good.outcome}`);
      return `the good version was rolled out in ${good.seconds.toFixed(1)} s`;
    };
    if (outcome !== 'deployed') throw new NotSeen(`a version that is ready was ${outcome}`);
    const fails = (seen: Seen): boolean => isBroken(seen);
    const evidence = `rolled out in ${seconds.toFixed(1)} s; ${await untilSeen(deployment, module, fails, signal)}`;
    return { evidence, check: () => requireSeen(deployment, module, fails, signal), remove };
  },
};
