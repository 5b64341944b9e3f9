/** What keeps retries from multiplying the load on an upstream that is already failing. */
export interface RetryBudget {
  /** Counts a request. */
  deposit(): void;
  /** Takes one retry, if there is one. */
  withdraw(): boolean;
}

// What is saved up is worth the last fifty requests at a ratio of 20 %: the budget follows recent traffic.
const recentRequests = 50;

/** A bucket that starts with `floor` retries and gains `ratio` with every request. */
export function createRetryBudget(ratio: number, floor: number): RetryBudget {
  const most = Math.max(floor, ratio * recentRequests);
  let balance = floor;
  return {
    deposit() {
      balance = Math.min(most, balance + ratio);
    },
    withdraw() {
      if (balance < 1) return false;
      balance -= 1;
      return true;
    },
  };
}
