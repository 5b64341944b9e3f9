import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { read } from '../../lab/src/environments/compose/command.ts';

const line = z.object({ ID: z.string(), MemUsage: z.string() });

const unitBytes = new Map([
  ['B', 1],
  ['KiB', 2 ** 10],
  ['MiB', 2 ** 20],
  ['GiB', 2 ** 30],
]);

/** Memory of containers in bytes, as `docker stats` counts it, after they were left alone for `idleMs`. */
export async function idleMemory(containers: string[], idleMs: number): Promise<Map<string, number>> {
  await wait(idleMs);
  const out = await read('docker', [
    'stats',
    '--no-stream',
    '--no-trunc',
    '--format',
    '{{json .}}',
    ...containers,
  ]);
  const lines = out.split('\n').map((text) => line.parse(JSON.parse(text)));
  return new Map(lines.map(({ ID, MemUsage }) => [ID, bytesOf(MemUsage)]));
}

/** `58.2MiB / 256MiB` in bytes, the first of the two. */
function bytesOf(usage: string): number {
  const [, amount, unit] = /^([\d.]+)([KMG]?i?B) /.exec(usage) ?? [];
  const factor = unitBytes.get(unit ?? '');
  if (factor === undefined) throw new Error(`docker stats wrote "${usage}".`);
  return Number(amount) * factor;
}
