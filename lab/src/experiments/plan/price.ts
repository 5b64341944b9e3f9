import { crossZoneShare, storageGb } from './assumptions.ts';
import type { Prices } from './prices.ts';
import type { Sizing } from './size.ts';

/** A month, in the currency of the table of prices. */
export interface Bill {
  tasks: number;
  databases: number;
  /** Null where bytes between components were not measured. */
  traffic: number | null;
  total: number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What a sizing costs a month. */
export const billOf = (
  { tasks, databases, rate }: Sizing,
  bytesPerRequest: number | null,
  prices: Prices,
): Bill => {
  const { fargate, rds, traffic, hoursPerMonth } = prices;
  const hours = sum(
    tasks.map(({ replicas, vcpu, gb }) => replicas * (vcpu * fargate.vcpuHour + gb * fargate.gbHour)),
  );
  const servers = sum(
    databases.map(
      ({ servers: n, instance }) => n * (instance.hour * hoursPerMonth + storageGb * rds.storageGbMonth),
    ),
  );
  const gigabytes = bytesPerRequest === null ? null : (bytesPerRequest * rate * hoursPerMonth * 3_600) / 1e9;
  const moved = gigabytes === null ? null : gigabytes * crossZoneShare * traffic.gb;
  return {
    tasks: hours * hoursPerMonth,
    databases: servers,
    traffic: moved,
    total: hours * hoursPerMonth + servers + (moved ?? 0),
  };
};
