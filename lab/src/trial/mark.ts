/** When one fault of a trial happened, by this machine's clock (epoch ms), and how it was seen. */
export interface Mark<F extends string = string> {
  fault: F;
  /** The fault was asked for. */
  beganAtMs: number;
  /** From here requests count as sent during the fault. */
  seenAtMs: number;
  /** Its removal was asked for. */
  removedAtMs: number;
  /** What was broken was well again. */
  backAtMs: number;
  evidence: string;
}
