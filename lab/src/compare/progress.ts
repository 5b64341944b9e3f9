import { type Options, Presets, SingleBar } from 'cli-progress';
import type { Slot } from './schedule.ts';
import type { Progress } from './study.ts';

/** Progress that a person sees, with what a trial tells as it goes. */
export type VisibleProgress = Required<Progress> & { onLoad: () => void; stop: () => void };

const tickMs = 250;

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

const options = (stream: NodeJS.WriteStream): Options => ({
  stream,
  format: '{bar} {percentage} % · {what} · {left} left',
  hideCursor: true,
  clearOnComplete: true,
  stopOnComplete: false,
});

const name = (slot: Slot, trials: number): string => `${slot.topology}, trial ${slot.trial} of ${trials}`;

const lines = (stream: NodeJS.WriteStream, trials: number): VisibleProgress => ({
  onTrial: (slot) => stream.write(`${name(slot, trials)}\n`),
  onVoid: (slot, reason) => stream.write(`${name(slot, trials)} is void: ${reason}\n`),
  onLoad: () => undefined,
  stop: () => undefined,
});

/**
 * A bar over all trials of `seconds` each on a terminal, a line a trial elsewhere.
 * The bar moves with the clock: a trial's length is known beforehand.
 */
export const showProgress = (
  stream: NodeJS.WriteStream,
  trials: number,
  seconds: number,
): VisibleProgress => {
  if (!stream.isTTY) return lines(stream, trials);
  const bar = new SingleBar(options(stream), Presets.shades_classic);
  const total = 2 * trials * seconds;
  let finished = -1;
  let loadedAt: number | undefined;
  let what = '';
  const update = (): void => {
    const inTrial = loadedAt === undefined ? 0 : Math.min(seconds, (Date.now() - loadedAt) / 1000);
    const done = Math.max(0, finished) * seconds + inTrial;
    bar.update(Number(done.toFixed(1)), { what, left: clock(total - done) });
  };
  bar.start(total, 0, { what: 'starting', left: clock(total) });
  const timer = setInterval(update, tickMs);
  return {
    onTrial: (slot, attempt) => {
      if (attempt === 1) finished += 1;
      loadedAt = undefined;
      what = `${name(slot, trials)}${attempt > 1 ? ', again' : ''}`;
      update();
    },
    onLoad: () => {
      loadedAt = Date.now();
    },
    onVoid: (slot, reason) => {
      what = `${name(slot, trials)} was void: ${reason}`;
      update();
    },
    stop: () => {
      clearInterval(timer);
      bar.stop();
    },
  };
};
