// Objectives, each with the sentence that it stands for. k6 exits with 99 when one is not met.
import { FAILURES_PER_100_000, P99_MS } from './constants.ts';
import { LOAD } from './scenario.ts';

/**
 * - 99 of 100 requests are answered within P99_MS (100 ms).
 * - Of 1,000 requests, fewer than one fails: no answer in time, or a status that the mix does not expect.
 * - No answer has the right status and the wrong shape.
 * - The generator kept its rate. If it did not, the other figures mean nothing.
 *
 * Only the load counts, not what is sent before it begins.
 */
export const objectives = (scenario: string = LOAD): Record<string, string[]> => ({
  [`http_req_duration{scenario:${scenario}}`]: [`p(99)<=${P99_MS}`],
  [`http_req_failed{scenario:${scenario}}`]: [`rate<${FAILURES_PER_100_000 / 100_000}`],
  // A trend without a sample has a maximum of 0.
  wrong_answers: ['max<=0'],
  dropped_iterations: ['count==0'],
});
