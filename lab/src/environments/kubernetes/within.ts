import { within as askWithin } from '../within.ts';

/** Between two questions to the API server or a component: each costs CPU that a measurement may need. */
const ASK_EVERY_MS = 250;

/** Asks again and again until the answer is true. @returns false when it was not within `ms` */
export const within = (ms: number, ask: () => Promise<boolean>): Promise<boolean> =>
  askWithin(ms, ask, ASK_EVERY_MS);
