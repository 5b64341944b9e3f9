import { type Experiment, type LabOptions, type Slot, Void } from '../experiment.ts';
import { mend } from './mend.ts';
import { type IsolationRecord, recordSchema } from './record.ts';
import { isolationSection } from './section.ts';
import { quick, type Settings, standard } from './settings.ts';
import { runTrial } from './trial.ts';
import { idOf, slotOf, type Trial, trialsIn } from './trials.ts';

const trialOf = (slot: Slot, options: LabOptions, settings: Settings): Trial => {
  const found = trialsIn(options, settings).find((trial) => idOf(trial) === slot.id);
  if (found === undefined) throw new Error(`isolation has no trial ${slot.id}`);
  return found;
};

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The experiment with these settings for usual runs and for quick ones. */
export const createIsolation = (usual: Settings, short: Settings): Experiment<IsolationRecord> => {
  const settingsOf = ({ quick: isQuick, rate }: LabOptions): Settings => {
    const own = isQuick ? short : usual;
    return { ...own, rate: rate ?? own.rate };
  };
  return {
    name: 'isolation',
    schema: recordSchema,
    slots(options) {
      const settings = settingsOf(options);
      return trialsIn(options, settings).map((trial) => slotOf(trial, settings));
    },
    async run(slot, context) {
      const settings = settingsOf(context.options);
      const trial = trialOf(slot, context.options, settings);
      try {
        return await runTrial(trial, settings, context);
      } catch (error) {
        context.signal.throwIfAborted();
        // Whatever went wrong in the system under a fault makes this trial void, not the whole run.
        throw new Void(message(error), { cause: error });
      }
    },
    mend: (slot, context) =>
      mend(
        context.environment.deployment(trialOf(slot, context.options, settingsOf(context.options)).topology),
        context,
      ),
    section: isolationSection,
  };
};

/** Routes × faults × topologies: what still answers while one part is broken. */
export const isolation = createIsolation(standard, quick);
