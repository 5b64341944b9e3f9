// Counting cells of the table, by owner and by sort of asset.
import type { AssetKind, AssetOwner, Attack, BreachRecord, Place } from './record.ts';

/** Sorts of assets. A module's API is for everybody, so that answers of it are counted apart. */
export const sorts = {
  tables: ['read-tables', 'write-tables'],
  secrets: ['app-password', 'migrator-password', 'superuser-password', 'control-token'],
  endpoints: ['admin', 'control', 'faults'],
  process: ['process'],
  api: ['traffic'],
} as const satisfies Record<string, readonly AssetKind[]>;
export type Sort = keyof typeof sorts;

export const moduleOwners = ['users', 'threads', 'posts'] as const satisfies readonly AssetOwner[];
export type ModuleOwner = (typeof moduleOwners)[number];

/** What a module has to lose: all but its API. */
export const guarded: readonly AssetKind[] = [
  ...sorts.tables,
  ...sorts.secrets,
  ...sorts.endpoints,
  ...sorts.process,
];

export interface Count {
  reached: number;
  of: number;
}

/** How many of these kinds of asset of these owners were reached. */
export function count(
  attacks: readonly Attack[],
  owners: readonly AssetOwner[],
  kinds: readonly AssetKind[],
): Count {
  const these = attacks.filter(({ owner, kind }) => owners.includes(owner) && kinds.includes(kind));
  return { reached: these.filter(({ cell }) => cell.outcome === 'reached').length, of: these.length };
}

export const add = (counts: readonly Count[]): Count => ({
  reached: counts.reduce((sum, { reached }) => sum + reached, 0),
  of: counts.reduce((sum, { of }) => sum + of, 0),
});

export const attacksFrom = (record: BreachRecord, place: Place): readonly Attack[] =>
  record.rows.find((row) => row.place === place)?.attacks ?? [];

/** The modules whose code a component runs. */
export const ownOf = (record: BreachRecord, place: Place): ModuleOwner[] =>
  moduleOwners.filter((module) => record.serving[module] === place);

export const othersOf = (record: BreachRecord, place: Place): ModuleOwner[] =>
  moduleOwners.filter((module) => record.serving[module] !== place);
