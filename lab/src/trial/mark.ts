/** When one fault of a trial happened, by this machine's clock (epoch ms), and how it was seen. */
export interface Mark<F extends string = string> {
  fault: F;
  /** The fault was asked for. */
  beganAtMs: number;
  /** From here requests count as sent during the fault. */
  seenAtMs: number;
  /** From here until `removedAtMs` it was being undone, and requests count for nothing; none: it was undone at once. */
  endsAtMs?: number;
  /** From here requests count as sent after the fault. */
  removedAtMs: number;
  /** What was broken was well again. */
  backAtMs: number;
  evidence: string;
}
