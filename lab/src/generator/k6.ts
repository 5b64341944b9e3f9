// k6, wherever it comes from.
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version that is fetched or built when there is none; load/go.mod pins the same one. */
export const PINNED_VERSION = '2.2.0';

/** Where the scripts are, and the Go module that builds k6. */
export const LOAD_FOLDER = dirname(fileURLToPath(import.meta.resolve('@cleave/load/smoke')));

/** One start of a script. */
export type K6Job = {
  /** `smoke`, `compare`, …: a script in load/. */
  script: string;
  /** The script's constants. */
  constants: Record<string, string>;
  /** Flags of `k6 run`. */
  flags: string[];
  /** k6's own settings in its environment, `K6_…`. */
  settings?: Record<string, string>;
  stdio: StdioOptions;
};

export type K6Process = {
  child: ChildProcess;
  /** The process id of k6 itself as this machine sees it, once known. */
  pid: () => Promise<number | undefined>;
  /** Ends it at once, where asking it to has not helped. */
  kill: () => void;
};

export type K6 = { version: string; origin: 'PATH' | 'Docker' | 'Go'; start: (job: K6Job) => K6Process };

/** The flags that both kinds of start share. Only constants that are given count, not the caller's environment. */
export const runFlags = (job: K6Job): string[] => [
  '--no-usage-report',
  '--include-system-env-vars=false',
  ...job.flags,
  ...Object.entries(job.constants).flatMap(([name, value]) => ['-e', `${name}=${value}`]),
];

/** `2.2.0` from what `k6 version` prints; undefined when that is not k6. */
export const versionIn = (output: string): string | undefined =>
  /^k6(?:\.exe)? v(\d+\.\d+\.\d+\S*)/.exec(output.trim())?.[1];

/** The scripts are TypeScript and use arrival rates: k6 runs both since 1.0 (2025). */
export const isRecentEnough = (version: string): boolean => Number.parseInt(version, 10) >= 1;
