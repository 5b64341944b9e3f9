import type { Prices } from '../../../lab/src/experiments/plan/prices.ts';
import { sizes, type Topology, topologies } from '../components/components.ts';
import type { EdgePrices } from './prices.ts';

/** A month of one topology at a steady rate, in the currency of the tables. */
export interface Bill {
  tasks: number;
  databases: number;
  /** The load balancer with its public addresses, and how tasks reach AWS. */
  network: number;
  /** What leaves for the internet. */
  answers: number;
  /** Logs, secrets, dashboard, alarms. */
  rest: number;
  total: number;
  /** Of each component. */
  replicas: number;
}

/** What is reckoned with besides prices; the first three are of an ordinary request and of no measurement here. */
export const assumed = {
  /** CPU of one request in all of our processes; `npm run lab -- cost` measures it. */
  cpuMs: 1,
  answerBytes: 1_000,
  /** One line. */
  logBytes: 350,
  /** As the scaling policy keeps it. */
  utilisation: 0.6,
} as const;

/** How many there are of what costs money, as deploy/ecs has it. */
export const parts = {
  instance: 'db.t4g.micro',
  storageGb: 20,
  endpoints: 4,
  zones: 2,
  /** The migrator's, the application's and the master's. */
  secretsOfComponent: 3,
  /** Three of ours, and two that each of the two scaling policies makes. */
  alarmsOfComponent: 7,
  alarms: 1,
  dashboards: 1,
} as const;

const SECONDS_PER_HOUR = 3_600;
/** A capacity unit of the load balancer is one gigabyte in an hour, for requests like these. */
const UNIT_BYTES = 1e9;

/** What a topology costs a month when it answers `rate` requests a second all the time. */
export function billOf(topology: Topology, rate: number, prices: Prices, edge: EdgePrices): Bill {
  const { fargate, rds, hoursPerMonth: hours } = prices;
  const components = topologies[topology];
  const perComponent = components.map((component) => {
    const { cpu, memoryMiB, tasks } = sizes[component];
    const vcpu = cpu / 1_024;
    const share = assumed.cpuMs / 1_000 / components.length;
    const replicas = Math.max(tasks, Math.ceil((rate * share) / (vcpu * assumed.utilisation)));
    return { replicas, hour: replicas * (vcpu * fargate.vcpuHour + (memoryMiB / 1_024) * fargate.gbHour) };
  });
  const instance = rds.instances.find(({ name }) => name === parts.instance);
  if (instance === undefined) throw new Error(`The table of prices has no ${parts.instance}.`);
  const gigabytes = (bytes: number): number => (rate * bytes * hours * SECONDS_PER_HOUR) / 1e9;
  const logGb = gigabytes(assumed.logBytes);
  const units = (rate * assumed.answerBytes * SECONDS_PER_HOUR) / UNIT_BYTES;
  const bill = {
    tasks: hours * sum(perComponent.map(({ hour }) => hour)),
    databases: components.length * (instance.hour * hours + parts.storageGb * rds.storageGbMonth),
    network:
      hours *
        (edge.balancer.hour +
          units * edge.balancer.capacityUnitHour +
          parts.zones * edge.address.hour +
          parts.endpoints * parts.zones * edge.endpoint.hour) +
      logGb * edge.endpoint.gb,
    answers: Math.max(0, gigabytes(assumed.answerBytes) - edge.out.freeGb) * edge.out.gb,
    rest:
      logGb * edge.logs.gb +
      components.length *
        (parts.secretsOfComponent * edge.secret.month + parts.alarmsOfComponent * edge.alarm.month) +
      parts.alarms * edge.alarm.month +
      parts.dashboards * edge.dashboard.month,
  };
  return {
    ...bill,
    total: sum(Object.values(bill)),
    replicas: Math.max(...perComponent.map((one) => one.replicas)),
  };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
