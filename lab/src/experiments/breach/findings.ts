import type { Topology } from '../../environments/environment.ts';
import type { Finding, SummaryRow } from '../experiment.ts';
import {
  add,
  attacksFrom,
  type Count,
  count,
  guarded,
  moduleOwners,
  othersOf,
  ownOf,
  sorts,
} from './count.ts';
import type { AssetKind, AssetOwner, Attack, BreachRecord, Place } from './record.ts';
import { kindNames, list, ofAll } from './words.ts';

type Records = readonly BreachRecord[];

/** More than so many leaks are told as a number; the table has them all. */
const MOST_NAMED = 4;

const of = (records: Records, topology: Topology): BreachRecord | undefined =>
  records.find((record) => record.topology === topology);

const runsModules = (record: BreachRecord): Place[] =>
  record.rows.map(({ place }) => place).filter((place) => ownOf(record, place).length > 0);

const breachOfPosts = (record: BreachRecord): Count =>
  count(attacksFrom(record, record.serving.posts), moduleOwners, guarded);

const told = (record: BreachRecord): string => `${record.topology}: ${ofAll(breachOfPosts(record))}`;

const alike = (one: BreachRecord, other: BreachRecord): boolean =>
  ofAll(breachOfPosts(one)) === ofAll(breachOfPosts(other));

/** The headline: what whoever breaks into the code of posts has then. */
export function blastRadius(records: Records): Finding[] {
  const [one, many] = [of(records, 'monolith'), of(records, 'microservices')];
  if (!one || !many) return [];
  const text =
    `Whoever breaks into the posts process reaches ${ofAll(breachOfPosts(many))} assets of the three modules ` +
    `(tables, secrets, endpoints, processes); into the monolith's, ${ofAll(breachOfPosts(one))}.`;
  if (alike(one, many)) {
    const why = one.environment === 'local' ? ': on local, all processes belong to one user' : '';
    return [{ question: 'what-it-buys', text: `${text} The split alone stops nothing here${why}.` }];
  }
  const control = explanations(records, one, many).join('; ');
  const kept = outOfReach([one, many]);
  const beyond = kept.length === 0 ? '' : ` Out of reach of every component: ${list(kept)}.`;
  return [{ question: 'what-it-buys', text: `${text}${beyond}`, ...(control && { control: `${control}.` }) }];
}

/** What nothing inside reached in any of these topologies. */
function outOfReach(records: Records): string[] {
  const inside = records.flatMap(({ rows }) => rows.filter(({ place }) => place !== 'public side'));
  const attacks = inside.flatMap((row) => row.attacks);
  return guarded
    .filter((kind) => count(attacks, moduleOwners, [kind]).reached === 0)
    .map((kind) => kindNames[kind]);
}

function explanations(records: Records, one: BreachRecord, many: BreachRecord): string[] {
  const [copies, shared] = [of(records, 'monolith-replicated'), of(records, 'microservices-shared-db')];
  const ofCopies = copies && alike(copies, one) ? ', so copies alone change nothing' : '';
  return [
    ...(copies ? [`${told(copies)}${ofCopies}`] : []),
    ...(shared ? [`${told(shared)}${sharedSays(shared, many)}`] : []),
  ];
}

function sharedSays(shared: BreachRecord, many: BreachRecord): string {
  if (!alike(shared, many)) return ', so separate database servers make a part of the difference';
  const answers = attacksFrom(shared, shared.serving.posts).some(
    ({ owner, kind, cell }) => owner === 'users' && kind === 'read-tables' && cell.outcome === 'refused',
  );
  const thin = answers
    ? '; but the shared server answers, and only passwords keep posts from other tables'
    : '';
  return `, so separate processes, roles and networks do it, not separate servers${thin}`;
}

/** Other modules' tables and secrets: the one that a split promises. */
export function dataIsolation(records: Records): Finding[] {
  return records
    .filter((record) => record.serving.posts !== 'monolith')
    .map((record): Finding => {
      const data: readonly AssetKind[] = [...sorts.tables, ...sorts.secrets];
      const counts = runsModules(record).map((place) =>
        count(attacksFrom(record, place), othersOf(record, place), data),
      );
      const total = add(counts);
      const text = `In ${record.topology}, the three services reached ${ofAll(total)} tables and secrets of other modules`;
      const leaks = runsModules(record).flatMap((place) =>
        reachedOf(record, place, othersOf(record, place), data).map(
          ({ owner, kind }) => `${place} reached of ${owner}: ${kindNames[kind]}`,
        ),
      );
      const which = leaks.length > 0 && leaks.length <= MOST_NAMED ? `: ${list(leaks)}` : '';
      return { question: 'what-it-buys', text: `${text}${which}.` };
    });
}

const reachedOf = (
  record: BreachRecord,
  place: Place,
  owners: readonly AssetOwner[],
  kinds: readonly AssetKind[],
): Attack[] =>
  attacksFrom(record, place).filter(
    ({ owner, kind, cell }) => owners.includes(owner) && kinds.includes(kind) && cell.outcome === 'reached',
  );

/** What the split does not stop. */
export function crossings(records: Records): Finding[] {
  const record = of(records, 'microservices');
  if (!record) return [];
  const place = record.serving.posts;
  const beyond = reachedOf(
    record,
    place,
    [...othersOf(record, place), 'gateway'],
    [...guarded, ...sorts.api],
  );
  const kinds = [...new Set(beyond.map(({ kind }) => kind))];
  const inside = kinds.map((kind) => {
    const whose = beyond.filter((attack) => attack.kind === kind).map(({ owner }) => owner);
    return `${kindNames[kind]} (${list(whose)})`;
  });
  const outside = attacksFrom(record, place)
    .filter(({ owner, cell }) => owner === 'outside' && cell.outcome === 'reached')
    .map(({ kind }) => kindNames[kind]);
  const crossing =
    inside.length > MOST_NAMED
      ? [`${beyond.length} assets of other components`, ...outside]
      : [...inside, ...outside];
  const text =
    crossing.length === 0
      ? 'From inside the posts service, nothing beyond it answered.'
      : `What the split does not stop: from inside the posts service, these of others still answer: ${list(crossing)}.`;
  return [{ question: 'what-it-buys', text }];
}

/** Admin, control and fault endpoints from outside. */
export function publicSide(records: Records): Finding[] {
  if (records.length === 0) return [];
  const counts = records.map((record) =>
    count(attacksFrom(record, 'public side'), [...moduleOwners, 'gateway'], sorts.endpoints),
  );
  const total = add(counts);
  const text = `From the public side, ${ofAll(total)} admin, control and fault endpoints could be reached, over all topologies.`;
  return [{ question: 'what-it-buys', text }];
}

/** More parts are more to guard. */
export function moreToGuard(records: Records): Finding[] {
  const [one, many] = [of(records, 'monolith'), of(records, 'microservices')];
  if (!one || !many) return [];
  const parts = (record: BreachRecord): number => record.rows.length - 1;
  const databases = (record: BreachRecord): number => runsModules(record).length;
  const text =
    `There is more to guard: ${parts(many)} processes with an admin and a control port each in place of ${parts(one)}, ` +
    `and ${3 * databases(many)} database passwords in place of ${3 * databases(one)}.`;
  return [{ question: 'what-it-costs', text }];
}

/** What of breach stands in the table at the top of the report. */
export const summaryOf = (records: Records): SummaryRow[] => [
  {
    question: 'what-it-buys',
    label: 'tables, secrets and endpoints of the three modules in reach of whoever breaks into posts',
    values: Object.fromEntries(records.map((record) => [record.topology, ofAll(breachOfPosts(record))])),
  },
];

export const findings = (records: Records): Finding[] => [
  ...blastRadius(records),
  ...publicSide(records),
  ...dataIsolation(records),
  ...crossings(records),
  ...moreToGuard(records),
];
