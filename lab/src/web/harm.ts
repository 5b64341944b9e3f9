import type { AnyTopology } from '../environments/environment.ts';
import type { Note } from './journal.ts';
import { type Cell, type RouteGroup, routeGroups, type Second } from './messages.ts';

/** Below this share of its requests answered, a group of routes counts as harmed. */
const wellShare = 0.99;
/** Seconds in a row without harm until a group counts as well again. */
const wellSeconds = 3;

type State = 'well' | 'degraded' | 'failing';
const verbs: Record<State, [one: string, several: string]> = {
  failing: ['fails', 'fail'],
  degraded: ['answers with a part missing', 'answer with a part missing'],
  well: ['answers again', 'answer again'],
};
const list = new Intl.ListFormat('en');

/** Sees groups of routes fail and come back; each change is one line. */
export function createHarm(): (second: Second) => Note[] {
  const states = new Map<string, State>();
  const calm = new Map<string, number>();

  /** The state that a group is in now, where that is another than before. */
  function change(key: string, cell: Cell): State | undefined {
    const before = states.get(key) ?? 'well';
    const now = stateOf(cell);
    if (now === undefined || now === before) {
      calm.set(key, 0);
      return undefined;
    }
    const quiet = (calm.get(key) ?? 0) + 1;
    calm.set(key, quiet);
    if (now === 'well' && quiet < wellSeconds) return undefined;
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

/** Undefined where nothing was asked: that says nothing. */
function stateOf({ requests, failed, degraded }: Cell): State | undefined {
  if (requests === 0) return undefined;
  if (1 - failed / requests < wellShare) return 'failing';
  return degraded > 0 ? 'degraded' : 'well';
}

function noteOf(topology: AnyTopology, state: State, groups: RouteGroup[]): Note {
  const names = list.format(groups);
  const [one, several] = verbs[state];
  const text = `${names} ${groups.length === 1 ? one : several}`;
  return { kind: state === 'well' ? 'well' : 'harm', topology, text };
}
