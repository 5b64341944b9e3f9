import { quantile } from '../../../lab/src/statistics/quantile.ts';
import type { Outcome } from './arrivals.ts';

/** What became of requests. Latencies in milliseconds; null without any. */
export interface Count {
  sent: number;
  /** Answered in time with a status below 400, be it to a retry. */
  ok: number;
  /** Answered with 503, and of these, without Retry-After. */
  refused: number;
  withoutRetryAfter: number;
  /** Anything else, no answer in time included. */
  failed: number;
  /** Of the answered ones, from the moment a request was due. */
  p50Ms: number | null;
  p99Ms: number | null;
  /** Of the refused ones, from the moment the request was sent. */
  refusedP99Ms: number | null;
}

const at = (values: readonly number[], p: number): number | null =>
  quantile(
    values.toSorted((a, b) => a - b),
    p,
  );

/** Counts the outcomes that were due between two moments, in milliseconds. */
export function countBetween(
  outcomes: readonly Outcome[],
  fromMs = 0,
  toMs = Number.POSITIVE_INFINITY,
): Count {
  const due = outcomes.filter(([dueMs]) => dueMs >= fromMs && dueMs < toMs);
  const ok = due.filter(([, , , status]) => status > 0 && status < 400);
  const refused = due.filter(([, , , status]) => status === 503);
  const latencies = ok.map(([, latencyMs]) => latencyMs);
  const refusals = refused.map(([, , attemptMs]) => attemptMs);
  return {
    sent: due.length,
    ok: ok.length,
    refused: refused.length,
    withoutRetryAfter: refused.filter(([, , , , hasRetryAfter]) => !hasRetryAfter).length,
    failed: due.length - ok.length - refused.length,
    p50Ms: at(latencies, 0.5),
    p99Ms: at(latencies, 0.99),
    refusedP99Ms: at(refusals, 0.99),
  };
}
