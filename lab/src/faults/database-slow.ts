import { atOnce, type Fault } from './fault.ts';
import { isBroken, requireSeen, type Seen, untilSeen } from './front-door.ts';

/** A list that normally takes a few milliseconds. */
const isLate = (seen: Seen): boolean => isBroken(seen) || seen.ms > 500;

export const databaseSlow: Fault = {
  name: 'database-slow',
  label: 'database slow',
  how: 'an ACCESS EXCLUSIVE lock is held on the module\u2019s table: every statement on it waits',
  countsFrom: 'seen',
  leadSeconds: atOnce,
  startsAnew: false,
  async apply({ deployment, module, signal }) {
    const release = await deployment.lock(module);
    try {
      const evidence = await untilSeen(deployment, module, isLate, signal);
      return {
        evidence: `lock held; ${evidence}`,
        check: () => requireSeen(deployment, module, isLate, signal),
        async remove() {
          await release();
          return undefined;
        },
      };
    } catch (error) {
      await release();
      throw error;
    }
  },
};
