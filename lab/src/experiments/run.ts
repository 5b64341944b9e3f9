// Runs the slots of an experiment that are not finished yet.
import { bringBack } from '../trial/bring-back.ts';
import { NotWell } from '../trial/settle.ts';
import { type Context, type Experiment, type Slot, Void } from './experiment.ts';
import { openStore, type Store } from './store.ts';

/** How often one slot is tried in a run before it is left for the next. */
const mostAttempts = 3;

/** Told how a run goes on. */
export interface RunProgress {
  onSlot(slot: Slot, attempt: number): void;
  onKept(slot: Slot): void;
  onVoid(slot: Slot, reason: string): void;
}

/** The slots still to be run, in order. */
export const pending = async <R>(
  experiment: Experiment<R>,
  out: string,
  slots: readonly Slot[],
): Promise<Slot[]> => {
  const finished = new Set((await openStore(out, experiment).all()).map(({ slot }) => slot));
  return slots.filter(({ id }) => !finished.has(id));
};

const attempt = async <R>(
  experiment: Experiment<R>,
  slot: Slot,
  context: Context,
  store: Store<R>,
): Promise<void> => {
  const begun = Date.now();
  const record = await experiment.run(slot, context);
  await store.keep({
    slot: slot.id,
    startedAt: new Date(begun).toISOString(),
    seconds: (Date.now() - begun) / 1000,
    voids: await store.voids(slot.id),
    record,
  });
};

const bringAllBack = async ({ topologies }: Slot, { environment }: Context): Promise<void> => {
  for (const topology of topologies) await bringBack(environment.deployment(topology));
};

/** @returns whether the slot was finished */
const runSlot = async <R>(
  experiment: Experiment<R>,
  slot: Slot,
  context: Context,
  store: Store<R>,
  progress: RunProgress,
): Promise<boolean> => {
  for (let n = 1; n <= mostAttempts; n += 1) {
    progress.onSlot(slot, n);
    try {
      await attempt(experiment, slot, context, store);
      progress.onKept(slot);
      return true;
    } catch (error) {
      context.signal.throwIfAborted();
      if (!(error instanceof Void || error instanceof NotWell)) throw error;
      await store.addVoid(slot.id, error.message);
      progress.onVoid(slot, error.message);
    }
    await (experiment.mend ?? bringAllBack)(slot, context);
  }
  return false;
};

/**
 * Runs what is pending of an experiment. A slot that is void is repeated, and after three times left for the next run.
 * @returns how many slots were left
 * @throws the signal's reason when it is aborted, and whatever an experiment throws besides Void and NotWell
 */
export const runExperiment = async <R>(
  experiment: Experiment<R>,
  out: string,
  context: Omit<Context, 'folder'>,
  progress: RunProgress,
): Promise<number> => {
  const store = openStore(out, experiment);
  let left = 0;
  for (const slot of await pending(experiment, out, experiment.slots(context.options))) {
    context.signal.throwIfAborted();
    const finished = await runSlot(experiment, slot, { ...context, folder: store.folder }, store, progress);
    if (!finished) left += 1;
  }
  return left;
};
