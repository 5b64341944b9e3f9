// What the plan takes for granted, in one place.

/** Share of a vCPU that our code may use at the planned rate: the rest is for peaks. */
export const codeUtilisation = 0.6;
/** The same for a database, which takes longer to grow. */
export const databaseUtilisation = 0.5;
/** Memory of a task over what the process was seen to use. */
export const memoryHeadroom = 1.5;
/** Of each database server. */
export const storageGb = 20;
/** Share of the bytes between components that cross availability zones: with two of them, half. */
export const crossZoneShare = 0.5;

/** RDS' default max_connections: memory in bytes over this, and at most 5,000. */
export const bytesPerConnection = 9_531_392;
export const mostConnections = 5_000;

/** Requests a second that a plan is made for. */
export const planRates = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000] as const;

/** What the model leaves out, for whoever reads the numbers. */
export const limits: readonly string[] = [
  'CPU per request is taken to stay what it was at the measured rates, on a core of the measured machine: a vCPU is often half a core, and another CPU has another speed.',
  'The mix is the declared one, and the data fit into memory; caches, hot rows and larger tables are not modelled.',
  'Beyond the number of replicas that was measured, the efficiency of the largest measured number is kept. From a handful of replicas to thousands this is an extrapolation, and the most optimistic one.',
  'A database grows to the largest server in the table, and is then divided into several, as if its rows and writes could be divided.',
  'Load is even day and night; no autoscaling, no reserve for the loss of a zone, no savings plan.',
  'Not priced, since it is about the same for all topologies: load balancer, logs, requests and answers of clients, backups. People are not priced either.',
];
