import { z } from 'zod';
import type { Usage } from '../environment.ts';
import type { Engine } from './engine.ts';

const schema = z.object({
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: z.number() }) }),
  // without any for a container that has just ended
  memory_stats: z.object({
    usage: z.number().default(0),
    stats: z.record(z.string(), z.number()).default({}),
  }),
  networks: z.record(z.string(), z.object({ rx_bytes: z.number(), tx_bytes: z.number() })).default({}),
});

/**
 * What a container has used since its start, from its control group.
 * @returns memory without the pages of files, which the kernel takes back when it needs them
 */
export async function readUsage(engine: Engine, id: string): Promise<Omit<Usage, 'part' | 'replica'>> {
  const path = `/containers/${id}/stats?stream=false&one-shot=true`;
  const { cpu_stats, memory_stats, networks } = schema.parse(await engine.get(path));
  const { usage, stats } = memory_stats;
  // control groups of version 1 name the sum over a group and its children `total_…`
  const files = ['active_file', 'inactive_file'].map((name) => stats[`total_${name}`] ?? stats[name] ?? 0);
  const interfaces = Object.values(networks);
  return {
    cpuSeconds: cpu_stats.cpu_usage.total_usage / 1e9,
    memoryBytes: files.reduce((rest, bytes) => rest - bytes, usage),
    receivedBytes: interfaces.reduce((sum, { rx_bytes }) => sum + rx_bytes, 0),
    sentBytes: interfaces.reduce((sum, { tx_bytes }) => sum + tx_bytes, 0),
  };
}
