import type { Entry } from './messages.ts';

export type Note = Omit<Entry, 'at'>;

/** What happened when, the oldest first. */
export interface Journal {
  note(note: Note): void;
  entries(): readonly Entry[];
}

const mostEntries = 500;

/** @param onEntry is told of each new entry */
export function createJournal(onEntry: (entry: Entry) => void): Journal {
  const entries: Entry[] = [];
  return {
    note(note) {
      const entry = { at: Date.now(), ...note };
      entries.push(entry);
      if (entries.length > mostEntries) entries.shift();
      onEntry(entry);
    },
    entries: () => entries,
  };
}
