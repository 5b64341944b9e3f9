// What the lab asks of a load generator, whichever it is.

/** More of one route for a while, on top of the load. */
export type Surge = {
  /** Method and pattern, as in openapi.yaml. */
  route: string;
  /** How many times its usual rate, all told. */
  factor: number;
  /** From the start of the load. */
  fromSeconds: number;
  seconds: number;
};

/** One run: a constant arrival rate over the declared mix. */
export type RunOptions = {
  baseUrl: string;
  /** Requests a second. */
  rate: number;
  seconds: number;
  /** The same seed sends the same requests in the same order. */
  seed?: number;
  /** Only these routes, as in the declared mix; their shares among themselves stay. Default: all. */
  only?: readonly string[];
  surge?: Surge;
  /** Where the samples go: gzip, see samples.ts. */
  samplesFile: string;
  signal?: AbortSignal;
  /** Ends the load early and in order: requests under way then are left out. (A preview runs on to its end.) */
  enough?: AbortSignal;
  /** Called when what comes before the load is done and the first request is about to leave. */
  onStart?: () => void;
};

export type RunResult = {
  /** Samples written. */
  requests: number;
  /** Requests that the rate asked for and that were never sent. */
  droppedIterations: number;
  exitCode: number;
  /** CPU time of the generator, its start included; null where the system does not tell. */
  cpuSeconds: number | null;
  /** CPU seconds a second that the generator used under load; null where the system does not tell. */
  cores: number | null;
  /** Of the time under load in which its threads wanted a CPU, the share in which they had none; or null. */
  cpuWaitShare: number | null;
  /** It was short of CPU by the rule of starved.ts, so its times may be its own. */
  starved: boolean;
  /** Requests started in the worst second, as a share of what was planned for it. */
  lowestSecond: number;
  /** The rate was not kept, so the run says nothing about the system. */
  fellBehind: boolean;
};

export type Generator = {
  engine: { name: string; version: string };
  /** True when the figures are only good for a first look. */
  preview: boolean;
  /** Throws when the load could not begin or the generator broke, and the signal's reason when aborted. */
  run: (options: RunOptions) => Promise<RunResult>;
};

/** Tells a person what is going on, one line at a time. */
export type Log = (line: string) => void;
