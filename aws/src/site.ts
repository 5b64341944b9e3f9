import type { Clients } from './clients.ts';

/** One deployment of Cleave in an account: everything in it has a name that begins with `name`. */
export interface Site {
  name: string;
  clients: Clients;
  /** Whether AWS is an emulator on this machine, which lacks some of it. */
  emulated: boolean;
  /** Where services find each other; see config.ts. */
  peers: string;
  /** Between two looks at something that takes its time, in milliseconds. */
  lookMs: number;
  /** Writes a line of progress. */
  say: (line: string) => void;
}

/** What was asked for cannot be done; the message says why in a sentence or more. */
export class Refused extends Error {}
