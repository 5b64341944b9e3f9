// delivery: what a one-line change in posts costs until it serves.
import type { Context, Experiment, Slot } from '../experiment.ts';
import { readCouplings } from './code/couplings.ts';
import { type DeliveryRecord, deliverySchema } from './record.ts';
import { deliverySection } from './section.ts';
import { codeSlot, type RollSlot, rollSlots } from './slots.ts';
import { runTrial, takeBack } from './trial.ts';

const find = (slot: Slot, { options }: Context): RollSlot => {
  const found = rollSlots(options).find(({ id }) => id === slot.id);
  if (found === undefined) throw new Error(`delivery has no slot ${slot.id}`);
  return found;
};

export const delivery: Experiment<DeliveryRecord> = {
  name: 'delivery',
  schema: deliverySchema,
  slots: (options) => [
    codeSlot,
    ...rollSlots(options).map(({ id, title, topologies, seconds }) => ({ id, title, topologies, seconds })),
  ],
  run: async (slot, context) =>
    slot.id === codeSlot.id ? readCouplings() : runTrial(find(slot, context), context),
  mend: async (slot, context) => takeBack(context.environment.deployment(find(slot, context).topology)),
  section: (kept, folder) =>
    deliverySection(
      kept.map(({ record }) => record),
      folder,
    ),
};
