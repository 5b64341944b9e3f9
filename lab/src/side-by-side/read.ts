import type { EnvironmentName, Topology } from '../environments/environment.ts';
import { type Digest, digest } from '../experiments/isolation/digest.ts';
import { isolation } from '../experiments/isolation/experiment.ts';
import { openStore } from '../experiments/store.ts';
import { readStudy, type Study } from '../experiments/study.ts';

/** The isolation experiment of one results folder. */
export interface Side {
  folder: string;
  env: EnvironmentName;
  study: Study;
  digest: Digest;
  trials: number;
}

/** Folders that cannot stand beside each other; the message is one sentence. */
export class NotComparable extends Error {}

/** Counts the isolation experiment of a results folder from its samples. @throws NotComparable when it has none */
export async function readSide(folder: string): Promise<Side> {
  const study = await readStudy(folder);
  if (study === undefined) throw new NotComparable(`${folder} holds no study: there is no study.json.`);
  const store = openStore(folder, isolation);
  const kept = await store.all();
  if (kept.length === 0) throw new NotComparable(`${folder} has no trial of the isolation experiment yet.`);
  const records = kept.map(({ record }) => record);
  return { folder, env: study.env, study, digest: await digest(records, store.folder), trials: kept.length };
}

/** The topologies that every side has measured. @throws NotComparable when there is none */
export function commonTopologies(sides: readonly Side[]): Topology[] {
  const [first, ...others] = sides;
  const common = (first?.digest.topologies ?? []).filter((topology) =>
    others.every(({ digest }) => digest.topologies.includes(topology)),
  );
  if (common.length === 0) throw new NotComparable('These results have no topology in common.');
  return common;
}
