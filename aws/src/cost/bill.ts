import type { Prices } from '../../../lab/src/experiments/plan/prices.ts';
import { sizes, type Topology, topologies } from '../components/components.ts';
import type { EdgePrices } from './prices.ts';

/** A month of one topology at a steady rate, in the currency of the tables. */
export interface Bill {
  tasks: number;
  databases: number;
  /** The load balancer, and how tasks reach AWS. */
  network: number;
  /** Logs, secrets, dashboard, alarms. */
  rest: number;
  total: number;
  /** Of each component. */
  replicas: number;
}

/** CPU of one request in all of our processes. An assumption; `npm run lab -- cost` measures it. */
export const ASSUMED_CPU_MS = 1;
const UTILISATION = 0.6; // as the scaling policy keeps it
const STORAGE_GB = 20; // as data.yaml asks for
const LOG_BYTES = 350; // a line for each request
const INSTANCE = 'db.t4g.micro';
const ENDPOINTS = 4;
const ZONES = 2;
const ANSWER_BYTES = 1_000; // a capacity unit of the load balancer is one gigabyte an hour, for such requests

/** What a topology costs a month when it answers `rate` requests a second all the time. */
export function billOf(topology: Topology, rate: number, prices: Prices, edge: EdgePrices): Bill {
  const { fargate, rds, hoursPerMonth: hours } = prices;
  const components = topologies[topology];
  const perComponent = components.map((component) => {
    const { cpu, memoryMiB, tasks } = sizes[component];
    const vcpu = cpu / 1_024;
    const share = ASSUMED_CPU_MS / 1_000 / components.length;
    const replicas = Math.max(tasks, Math.ceil((rate * share) / (vcpu * UTILISATION)));
    return { replicas, hour: replicas * (vcpu * fargate.vcpuHour + (memoryMiB / 1_024) * fargate.gbHour) };
  });
  const instance = rds.instances.find(({ name }) => name === INSTANCE);
  if (instance === undefined) throw new Error(`The table of prices has no ${INSTANCE}.`);
  const tasks = hours * sum(perComponent.map(({ hour }) => hour));
  const databases = components.length * (instance.hour * hours + STORAGE_GB * rds.storageGbMonth);
  const units = (rate * ANSWER_BYTES * 3_600) / 1e9;
  const network =
    hours *
    (edge.balancer.hour + units * edge.balancer.capacityUnitHour + ENDPOINTS * ZONES * edge.endpoint.hour);
  const logGb = (rate * LOG_BYTES * hours * 3_600) / 1e9;
  const rest =
    logGb * edge.logs.gb +
    components.length * (3 * edge.secret.month + 3 * edge.dashboard.alarmMonth) +
    edge.dashboard.month;
  const total = tasks + databases + network + rest;
  return {
    tasks,
    databases,
    network,
    rest,
    total,
    replicas: Math.max(...perComponent.map((one) => one.replicas)),
  };
}

const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
