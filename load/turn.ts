// One turn of the load: which request it is and what it may choose from.

/** Ids that exist when the load begins. `disposable` are posts made to be deleted. */
export type Targets = { run: string; users: number[]; threads: number[]; disposable: number[] };

/** What a request of the mix is made from. */
export type Turn = {
  seed: number;
  /** The number of the turn in the run, from 0. */
  n: number;
  /** How many turns of the same line of the mix came before this one. */
  rank: number;
  /** Differs for every request of every run: idempotency keys, usernames, texts. */
  unique: string;
  targets: Targets;
  /** Posts that the sender made and may delete. */
  own: number[];
};

/** A whole number below 2^32, equally spread, from two whole numbers (murmur3's finaliser). */
const hash = (a: number, b: number): number => {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
};

/** Chooses an id: the same for the same seed, turn and `salt`, so that both topologies are asked alike. */
export const pick = (ids: number[], turn: Pick<Turn, 'seed' | 'n'>, salt = 0): number => {
  const id = ids[hash(turn.seed * 31 + salt, turn.n) % ids.length];
  if (id === undefined) throw new Error('there is nothing to choose from');
  return id;
};
