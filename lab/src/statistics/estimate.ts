/** A number with its 95 % interval and the trials that it comes from; low and high are null where these are too few. */
export interface Estimate {
  value: number;
  low: number | null;
  high: number | null;
  trials: number;
}
