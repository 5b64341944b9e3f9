import { z } from 'zod';
import { probe } from '../../aws/src/traffic/probe.ts';

const status = z.object({
  url: z.url(),
  components: z.array(
    z.object({
      component: z.string(),
      image: z.string(),
      running: z.number(),
      desired: z.number(),
      replicas: z.array(z.string()),
    }),
  ),
});

export type Status = z.infer<typeof status>;
export const parseStatus = (json: string): Status => status.parse(JSON.parse(json));

/** Who answered a path, in percent of the requests, and each replica's share of its component's. */
export async function splitOf(found: Status, path: string, rate: number, seconds: number) {
  const seen = await probe(`${found.url}${path}?limit=1`, rate, seconds);
  const share: Record<string, number> = {};
  const spread: Record<string, number[]> = {};
  for (const { component, replicas } of found.components) {
    const counts = replicas.map((replica) => seen.replicas.get(replica) ?? 0);
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    share[component] = (100 * total) / seen.requests;
    spread[component] = counts.map((count) => (100 * count) / total);
  }
  return { requests: seen.requests, failed: seen.failed, reasons: [...seen.reasons], share, spread };
}
