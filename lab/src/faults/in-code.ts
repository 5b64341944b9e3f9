// Faults in a module's code: every replica that runs this code has them, asked for at its control port.
import { z } from 'zod';
import type { Module, ServiceName } from '../environments/environment.ts';
import { type Active, atOnce, type Fault, NotSeen, type Target } from './fault.ts';
import { isBroken, requireSeen, type Seen, untilSeen } from './front-door.ts';

const state = z.object({ active: z.record(z.string(), z.unknown()) });

type InCode = Pick<Fault, 'name' | 'label' | 'how'> & {
  /** The last part of the control port's path, and the fault's name among the active ones. */
  control: 'block' | 'slow' | 'pool';
  body: (module: Module) => object;
  /** What a caller must see of it; nothing where the process alone can tell. */
  expected?: (seen: Seen) => boolean;
};

/** What the control ports of all replicas say. Throws NotSeen unless the fault is on in each. */
const requireActive = (answers: readonly unknown[], service: ServiceName, control: string): string => {
  const on = answers.filter((answer) => control in state.parse(answer).active).length;
  const text = `${control} is on in ${on} of ${answers.length} processes of ${service}`;
  if (on === 0 || on < answers.length) throw new NotSeen(text);
  return text;
};

const start = async (
  { deployment, module, signal }: Target,
  { control, body, expected }: InCode,
): Promise<Active> => {
  const service = deployment.serving(module);
  const remove = async (): Promise<readonly unknown[]> => deployment.control(service, 'DELETE', '/faults');
  const see = async (ask: typeof requireSeen): Promise<string> =>
    expected ? ask(deployment, module, expected, signal) : 'as asked for';
  try {
    const on = requireActive(
      await deployment.control(service, 'POST', `/faults/${control}`, body(module)),
      service,
      control,
    );
    return {
      evidence: `${on}; ${await see(untilSeen)}`,
      // The control port is not asked during the fault: that takes CPU where the requests of others need it.
      check: () => see(requireSeen),
      remove: async () => requireActive(await remove(), service, control),
    };
  } catch (error) {
    await remove();
    throw error;
  }
};

const inCode = (fault: InCode): Fault => ({
  name: fault.name,
  label: fault.label,
  how: fault.how,
  countsFrom: 'seen',
  leadSeconds: atOnce,
  startsAnew: false,
  apply: (target) => start(target, fault),
});

const blockMs = 400;
const blockEveryMs = 450;
const slowMs = 1_000;

export const eventLoopBlocked = inCode({
  name: 'event-loop-blocked',
  label: 'event loop blocked',
  how: `an expensive request repeated: its processes do nothing else for ${blockMs} of every ${blockEveryMs} ms`,
  control: 'block',
  body: () => ({ ms: blockMs, everyMs: blockEveryMs }),
});

export const handlerSlow = inCode({
  name: 'handler-slow',
  label: 'slow',
  how: `${slowMs} ms added to each request for the module`,
  control: 'slow',
  body: (module) => ({ prefix: `/api/${module}`, ms: slowMs }),
  expected: (seen) => isBroken(seen) || seen.ms > 0.9 * slowMs,
});

export const poolExhausted = inCode({
  name: 'pool-exhausted',
  label: 'connection pool exhausted',
  how: 'every database connection of its processes is held',
  control: 'pool',
  body: () => ({}),
  expected: (seen) => isBroken(seen) || seen.ms > 500,
});
