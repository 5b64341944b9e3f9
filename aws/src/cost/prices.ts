import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const source = z.url();
const amount = z.number().positive();
const schema = z.strictObject({
  date: z.iso.date(),
  region: z.string(),
  note: z.string(),
  balancer: z.strictObject({ source, hour: amount, capacityUnitHour: amount }),
  nat: z.strictObject({ source, hour: amount, gb: amount }),
  endpoint: z.strictObject({ source, hour: amount, gb: amount }),
  aurora: z.strictObject({ source, capacityUnitHour: amount, storageGbMonth: amount }),
  secret: z.strictObject({ source, month: amount }),
  logs: z.strictObject({ source, gb: amount }),
  dashboard: z.strictObject({ source, month: amount, alarmMonth: amount }),
});
export type EdgePrices = z.infer<typeof schema>;

/** What the lab's table does not have: the load balancer, the network, secrets and logs. */
export const readEdgePrices = async (): Promise<EdgePrices> =>
  schema.parse(JSON.parse(await readFile(new URL('prices.json', import.meta.url), 'utf8')));
