import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHarm } from '../src/web/harm.ts';
import type { Cell, Second } from '../src/web/messages.ts';

const well: Cell = { requests: 20, failed: 0, degraded: 0, p99Ms: 5 };
const failing: Cell = { ...well, failed: 20, p99Ms: null };
const degraded: Cell = { ...well, degraded: 20 };
const idle: Cell = { ...well, requests: 0, p99Ms: null };

const secondOf = (users: Cell, discussion: Cell): Second => ({
  at: 0,
  rate: 50,
  topologies: [
    {
      topology: 'monolith',
      groups: { users, threads: well, posts: well, discussion },
      routes: {},
      waiting: 0,
      dropped: 0,
    },
  ],
});

/** What is noted of each second. */
function notesOf(seconds: [users: Cell, discussion: Cell][]): string[][] {
  const harm = createHarm();
  return seconds.map(([users, discussion]) => harm(secondOf(users, discussion)).map(({ text }) => text));
}

describe('the log of harm', () => {
  it('says once that groups of routes fail, and that one answers with a part missing', () => {
    assert.deepEqual(
      notesOf([
        [well, well],
        [failing, failing],
        [failing, failing],
        [failing, degraded],
      ]),
      [[], ['users and discussion fail'], [], ['discussion answers with a part missing']],
    );
  });

  it('says that a group is back after three good seconds in a row, and not before', () => {
    const seconds = [failing, well, well, failing, well, idle, well, well].map((users): [Cell, Cell] => [
      users,
      well,
    ]);
    const notes = notesOf(seconds).map(([note]) => note);
    assert.deepEqual(notes.slice(0, -1), ['users fails', ...Array.from({ length: 6 }, () => undefined)]);
    assert.equal(notes.at(-1), 'users answers again');
  });

  it('says nothing of one failure among many, or of a second without requests', () => {
    assert.deepEqual(notesOf([[{ ...well, failed: 1 }, idle]]), [[]]);
  });
});
