/** What keeps retries from multiplying the load on an upstream that is already failing. */
export interface RetryBudget {
  /** Counts a request. */
  deposit(): void;
  /** Takes one retry, if there is one. */
  withdraw(): boolean;
}

// The budget follows recent traffic: no more is saved up than the last 300 requests gave.
const recentRequests = 300;

/** A bucket that starts with `floor` retries and gains `percent` of one with every request. */
export function createRetryBudget({ percent, floor }: { percent: number; floor: number }): RetryBudget {
  const one = 100; // in hundredths, which add up exactly
  const most = Math.max(floor * one, percent * recentRequests);
  let balance = floor * one;
  return {
    deposit() {
      balance = Math.min(most, balance + percent);
    },
    withdraw() {
      if (balance < one) return false;
      balance -= one;
      return true;
    },
  };
}
