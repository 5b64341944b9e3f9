import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const amount = z.number().positive();
const origin = {
  /** AWS's own list. */
  source: z.url(),
  /** Where and when the same figure was found elsewhere, or why it was not. */
  confirmed: z.union([
    z.strictObject({ on: z.iso.date(), by: z.string().startsWith('https://') }),
    z.string().startsWith('not confirmed: '),
  ]),
};
const schema = z.strictObject({
  date: z.iso.date(),
  region: z.string(),
  note: z.string(),
  balancer: z.strictObject({ hour: amount, capacityUnitHour: amount, ...origin }),
  address: z.strictObject({ hour: amount, ...origin }),
  out: z.strictObject({ gb: amount, freeGb: amount, ...origin }),
  nat: z.strictObject({ hour: amount, gb: amount, ...origin }),
  endpoint: z.strictObject({ hour: amount, gb: amount, ...origin }),
  aurora: z.strictObject({ capacityUnitHour: amount, storageGbMonth: amount, ...origin }),
  secret: z.strictObject({ month: amount, ...origin }),
  logs: z.strictObject({ gb: amount, ...origin }),
  dashboard: z.strictObject({ month: amount, ...origin }),
  alarm: z.strictObject({ month: amount, ...origin }),
});
export type EdgePrices = z.infer<typeof schema>;

/** What the lab's table does not have: the load balancer, the network, secrets and logs. */
export const readEdgePrices = async (): Promise<EdgePrices> =>
  schema.parse(JSON.parse(await readFile(new URL('prices.json', import.meta.url), 'utf8')));
