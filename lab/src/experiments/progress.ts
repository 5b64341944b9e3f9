import type { Slot } from './experiment.ts';
import type { RunProgress } from './run.ts';

const minutes = (seconds: number): string =>
  seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;

/** One line a slot, with what is left by the slots' own estimates. A log file and a terminal get the same. */
export const sayProgress = (slots: readonly Slot[], say: (line: string) => void): RunProgress => {
  const remaining = new Map(slots.map((slot) => [slot.id, slot.seconds]));
  const left = (): number => [...remaining.values()].reduce((sum, seconds) => sum + seconds, 0);
  let number = 0;
  return {
    onSlot(slot, attempt) {
      if (attempt === 1) number += 1;
      const again = attempt > 1 ? `, attempt ${attempt}` : '';
      say(`${number}/${slots.length}  ${slot.title}${again}  (about ${minutes(left())} left)`);
    },
    onKept: (slot) => void remaining.delete(slot.id),
    onVoid: (slot, reason) => say(`  void: ${slot.title}: ${reason}`),
  };
};
