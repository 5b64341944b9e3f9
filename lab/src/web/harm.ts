import type { Topology } from '../environments/environment.ts';
import type { Note } from './journal.ts';
import { type Cell, type RouteGroup, routeGroups, type Second } from './messages.ts';

/** Below the first share of its requests answered, a group of routes fails; from the second on it is well again. */
const failingShare = 0.9;
const wellShare = 0.99;
/** Seconds in a row without harm until a group counts as well again. */
const wellSeconds = 3;

type State = 'well' | 'degraded' | 'failing';
const verbs: Record<State, [one: string, several: string]> = {
  failing: ['fails', 'fail'],
  degraded: ['answers with a part missing', 'answer with a part missing'],
  well: ['answers again', 'answer again'],
};
const list = new Intl.ListFormat('en-GB');

/** Sees groups of routes fail and come back; each change is one line. */
export function createHarm(): (second: Second) => Note[] {
  const states = new Map<string, State>();
  const calm = new Map<string, number>();

  /** The state that a group is in now, where that is another than before. */
  function change(key: string, cell: Cell): State | undefined {
    if (cell.requests === 0) return undefined; // neither breaks nor makes a run of good seconds
    const now = stateOf(cell);
    const isOther = now !== undefined && now !== (states.get(key) ?? 'well');
    const quiet = isOther ? (calm.get(key) ?? 0) + 1 : 0;
    const isCertain = now !== 'well' || quiet >= wellSeconds;
    calm.set(key, isCertain ? 0 : quiet);
    if (!isOther || !isCertain) return undefined;
    states.set(key, now);
    return now;
  }

  return ({ topologies }) => {
    const notes: Note[] = [];
    for (const { topology, groups } of topologies) {
      const changes = routeGroups.map((group) => ({
        group,
        state: change(`${topology}/${group}`, groups[group]),
      }));
      for (const state of ['failing', 'degraded', 'well'] as const) {
        const changed = changes.filter((one) => one.state === state).map(({ group }) => group);
        if (changed.length > 0) notes.push(noteOf(topology, state, changed));
      }
    }
    return notes;
  };
}

/** Undefined where it is neither nor. */
function stateOf({ requests, failed, degraded }: Cell): State | undefined {
  const share = 1 - failed / requests;
  if (share < failingShare) return 'failing';
  if (share < wellShare) return undefined;
  return degraded > 0 ? 'degraded' : 'well';
}

function noteOf(topology: Topology, state: State, groups: RouteGroup[]): Note {
  const names = list.format(groups);
  const [one, several] = verbs[state];
  const text = `${names} ${groups.length === 1 ? one : several}`;
  return { kind: state === 'well' ? 'well' : 'harm', topology, text };
}
