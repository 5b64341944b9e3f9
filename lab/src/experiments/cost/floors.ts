import { dirname } from 'node:path';
import { countNoise } from '../noise/digest.ts';
import { noise } from '../noise/experiment.ts';
import { type Floors, floorsOf } from '../noise/floors.ts';
import { openStore } from '../store.ts';

/** What the noise experiment of the same results found; the stated floor where it was not run or had too few trials. */
export interface KnownFloors {
  floors: Floors;
  measured: boolean;
}

/** Reads the floors from the results that `folder`, another experiment's own, belongs to. */
export const readFloors = async (folder: string): Promise<KnownFloors> => {
  const store = openStore(dirname(folder), noise);
  const records = (await store.all()).map(({ record }) => record);
  const { floors } = await countNoise(records, store.folder);
  return floors === null ? { floors: floorsOf([]), measured: false } : { floors, measured: true };
};
