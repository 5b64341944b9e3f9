// The inspector of another Node process, switched on while it runs.
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'undici';
import { z } from 'zod';
import { CannotStart } from '../../../../lab/src/environments/cannot-start.ts';
import { within } from '../../../../lab/src/environments/within.ts';
import { answers } from '../../load/answers.ts';

/** Where SIGUSR1 makes a process listen. */
const list = 'http://127.0.0.1:9229/json/list';

const targetsSchema = z.array(z.object({ webSocketDebuggerUrl: z.string() })).min(1);
const messageSchema = z.object({ id: z.int().optional(), result: z.unknown() });
const evaluatedSchema = z.object({ result: z.object({ value: z.unknown() }) });

export interface Inspector {
  /** Asks by the Chrome DevTools Protocol. */
  ask(method: string, params?: object): Promise<unknown>;
  /** Switches it off again. */
  close(): Promise<void>;
}

async function connect(url: string) {
  const socket = new WebSocket(url);
  const waiting = new Map<number, (result: unknown) => void>();
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = messageSchema.parse(JSON.parse(String(data)));
    if (id !== undefined) waiting.get(id)?.(result);
  });
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error(`${url} cannot be opened`)));
  });
  let last = 0;
  const ask = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  return { ask, socket };
}

/** Opens the inspector of a process. @throws CannotStart when another one has the port */
export async function openInspector(pid: number): Promise<Inspector> {
  const taken = new CannotStart('Port 9229, at which Node processes are inspected, is busy.');
  if (await answers(list)) throw taken;
  process.kill(pid, 'SIGUSR1');
  if (!(await within(5_000, () => answers(list)))) throw taken;
  const [target] = targetsSchema.parse(await (await fetch(list)).json());
  const { ask, socket } = await connect(target?.webSocketDebuggerUrl ?? '');
  const evaluate = async (expression: string): Promise<unknown> =>
    evaluatedSchema.parse(await ask('Runtime.evaluate', { expression })).result.value;
  if ((await evaluate('process.pid')) !== pid) throw taken;
  return {
    ask,
    async close() {
      // it waits for its connections to end, so it has to come after the answer to this
      await evaluate("setTimeout(() => process.getBuiltinModule('node:inspector').close(), 50); 0");
      socket.close();
      while (await answers(list)) await delay(20);
    },
  };
}
