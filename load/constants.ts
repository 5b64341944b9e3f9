// Every constant of the scripts. Each can be given to k6 as `-e NAME=value` or in the environment.

const DURATION = /^(\d+)(ms|s|m|h)$/;
const UNIT_SECONDS = { ms: 0.001, s: 1, m: 60, h: 3600 };

/** A k6 duration of one unit (`500ms`, `30s`, `5m`, `1h`) in seconds. Throws on anything else. */
export const durationSeconds = (text: string): number => {
  const [, amount, unit] = DURATION.exec(text) ?? [];
  if (unit === 'ms' || unit === 's' || unit === 'm' || unit === 'h')
    return Number(amount) * UNIT_SECONDS[unit];
  throw new Error(`"${text}" is not a duration: use for example 500ms, 30s, 5m or 1h`);
};

const given = (name: string): string | undefined => __ENV[name] || undefined;

const text = (name: string, fallback: string): string => given(name) ?? fallback;

const wholeNumber = (name: string, fallback: number): number => {
  const value = Number(given(name) ?? fallback);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new Error(`${name} must be a whole number of 0 or more, not "${given(name)}"`);
};

const duration = (name: string, fallback: string): string => {
  const value = text(name, fallback);
  durationSeconds(value);
  return value;
};

/** The system under load, without a slash at the end. */
export const BASE_URL = text('BASE_URL', 'http://127.0.0.1:8080').replace(/\/+$/, '');

/** A request without a whole answer by then has failed (`status` 0). */
export const TIMEOUT = duration('TIMEOUT', '2s');

/** Chooses the ids that are read and written: the same seed sends the same requests in the same order. */
export const SEED = wholeNumber('SEED', 1);

/** Only these lines of the mix, by name, with commas between them; nothing: all. The shares among them stay. */
export const ROUTES = text('ROUTES', '').split(',').filter(Boolean);

/** Requests a second: each script has its own default. */
export const rate = (fallback: number): number => wholeNumber('RATE', fallback);

/** How long the load lasts: each script has its own default. */
export const loadDuration = (fallback: string): string => duration('DURATION', fallback);

/** spike: how many times RATE the peak is. */
export const SPIKE_FACTOR = wholeNumber('SPIKE_FACTOR', 5);

/** compare: so many requests a second of one line of the mix, by name, come on top for a while; 0: none do. */
export const SURGE_RATE = wholeNumber('SURGE_RATE', 0);
export const SURGE_ROUTE = text('SURGE_ROUTE', '');
/** compare: how long after the load began the surge begins, and how long it lasts. */
export const SURGE_AFTER = duration('SURGE_AFTER', '10s');
export const SURGE_DURATION = duration('SURGE_DURATION', '10s');

/** stress: the first step, the last one and the distance between them, in requests a second. */
export const STRESS_FROM = wholeNumber('STRESS_FROM', 200);
export const STRESS_TO = wholeNumber('STRESS_TO', 2000);
export const STRESS_STEP = wholeNumber('STRESS_STEP', 200);

/** Objectives, see thresholds.ts: milliseconds, and failed requests in 100,000. */
export const P99_MS = wholeNumber('P99_MS', 100);
export const FAILURES_PER_100_000 = wholeNumber('FAILURES_PER_100_000', 100);

/** segment: which share of the load is this k6's own, from 0, and how many shares there are. */
export const SEGMENT = wholeNumber('SEGMENT', 0);
export const SEGMENTS = wholeNumber('SEGMENTS', 1);
/** segment: names a file that says when the load begins, in seconds since 1970. */
export const START_FILE = text('START_FILE', '');
