// How much load the gateway's retries add while replicas fail.
import { z } from 'zod';
import { arriveAt } from '../../load/arrive.ts';
import { peerCommand } from '../../peers/cache.ts';
import type { Bar, Table, Window } from '../../result.ts';
import { bar, measured, single, tableOf, value } from '../../run/figures.ts';
import { type Ground, someUser } from '../../run/ground.ts';
import { gatewayCommand } from '../gateway/our-gateway.ts';

const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];
const rate = 300;

/** What replicas do when they fail, as bench/peers/replicas.js knows it. */
const faults = { 503: 'answers 503', breaks: 'breaks off', hangs: 'hangs' } as const;

const countsSchema = z.object({ attempts: z.int(), repeated: z.int() });

/** Sends the same load through a gateway of its own for each fault of one replica, and of all. */
export async function measureRetries(
  ground: Ground,
): Promise<{ table: Table; bar: Bar; windows: Window[]; note: string }> {
  const { quick, progress, serve, peers, folder } = ground;
  const stub = await serve({
    name: 'replicas',
    command: ({ port }) => peerCommand(peers, 'replicas.js', port, { ADDRESSES: addresses.join() }),
  });
  const control = (query: string) => fetch(`${stub.origin}/control?${query}`);
  const pathsFile = await ground.file('retries', [someUser]);
  const seconds = quick ? 2 : 6;
  const ask = async (target: string, orders: string): Promise<Window> => {
    progress.step(target);
    const { origin, stop } = await serve({
      name: target,
      command: (ports) => gatewayCommand(folder, ports, { port: stub.port, addresses }),
    });
    await control(orders);
    const sent = await arriveAt(rate, { origin, pathsFile, seconds, connections: 512, seed: 1 });
    const { attempts, repeated } = countsSchema.parse(await (await control('')).json());
    await stop();
    const values = { added: repeated / sent.requests, attempts: attempts / sent.requests };
    const answered = 1 - sent.failed / sent.requests;
    return { target, measure: 'retries', round: 1, cpuSeconds: {}, ...sent, values: { ...values, answered } };
  };
  const windows: Window[] = [];
  progress.begin('retries', 2 * Object.keys(faults).length);
  for (const [fault, does] of Object.entries(faults)) {
    windows.push(await ask(`one replica of four ${does}`, `fault=${fault}&failing=1`));
    windows.push(await ask(`every replica ${does}`, `fault=${fault}&failing=${addresses.length}`));
  }
  const { targets, median } = measured(windows);
  const column = (title: string, unit: string, figure: string) => ({
    title,
    unit,
    digits: 3,
    of: (name: string) => median(name, value(figure)),
  });
  const added = windows.map(({ target, values }) => ({ target, share: values.added ?? 0 }));
  const worst = added.reduce((a, b) => (b.share > a.share ? b : a));
  return {
    table: tableOf(`Retries of the gateway at ${rate} requests/s for ${seconds} s`, targets, [
      column('load that retries add', '×', 'added'),
      column('attempts a request', '', 'attempts'),
      column('answered', '×', 'answered'),
    ]),
    bar: bar(`load that retries add at worst (${worst.target})`, 'at most', 0.1, single(worst.share)),
    windows,
    note: 'Retries: four replicas that count what they are sent. An attempt is a retry when its request id was seen before; a circuit that is open means fewer attempts than requests. A gateway of its own for each fault, so that none has learnt from the one before.',
  };
}
