import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLimit, type Limit } from '@cleave/admission/limit';

const target = 10;
const elapsedMs = 50;

function look(
  limit: Limit,
  times: number,
  seen: (at: number) => { delayMs: number; inFlight: number },
): void {
  for (let at = 0; at < times; at += 1) limit.adjust({ ...seen(at), elapsedMs });
}

describe('the limit of requests in flight', () => {
  it('leaves room for a burst while nobody waits', () => {
    const limit = createLimit(target);
    look(limit, 100, () => ({ delayMs: 1, inFlight: 10 }));
    assert.equal(limit.current(), 128);
  });

  it('stays ahead of what takes long elsewhere, as far as the memory goes', () => {
    const limit = createLimit(target);
    look(limit, 20, (at) => {
      assert.ok(limit.current() > at * 50, `${limit.current()} for ${at * 50}`);
      return { delayMs: 1, inFlight: at * 50 };
    });
    look(limit, 10, () => ({ delayMs: 1, inFlight: 1_000 }));
    assert.equal(limit.current(), 1_024);
    look(limit, 1, () => ({ delayMs: 1, inFlight: 10 }));
    assert.equal(limit.current(), 128, 'when it is over');
  });

  it('is not lowered by bursts, however many', () => {
    const limit = createLimit(target);
    look(limit, 100, (at) => ({ delayMs: at % 5 === 0 ? 1 : 500, inFlight: 50 }));
    assert.equal(limit.current(), 128);
  });

  it('is not lowered by one pause of the process, however long', () => {
    const limit = createLimit(target);
    limit.adjust({ delayMs: 5_000, inFlight: 200, elapsedMs: 5_000 });
    limit.adjust({ delayMs: 50, inFlight: 200, elapsedMs });
    assert.equal(limit.current(), 128);
  });

  it('is lowered sooner where no room is left', () => {
    const waiting = (inFlight: number) => () => ({ delayMs: 50, inFlight });
    const [room, full] = [createLimit(target), createLimit(target)];
    look(room, 4, waiting(127));
    look(full, 4, waiting(128));
    assert.equal(room.current(), 128);
    assert.equal(full.current(), 25);
  });

  it('falls from what is in flight, by the ratio of the waits, at most to a fifth', () => {
    const limit = createLimit(target);
    look(limit, 21, () => ({ delayMs: 12.5, inFlight: 120 }));
    assert.equal(limit.current(), 96);
    look(limit, 1, () => ({ delayMs: 10_000, inFlight: 96 }));
    assert.equal(limit.current(), 19);
  });

  it('always lets some in', () => {
    const limit = createLimit(target);
    look(limit, 100, () => ({ delayMs: 10_000, inFlight: limit.current() }));
    assert.equal(limit.current(), 16);
  });

  for (const work of [0.1, 0.25]) {
    it(`finds how many wait ${target} ms where each is ${work} ms of work, and finds it anew`, () => {
      const limit = createLimit(target);
      for (const share of [1, 2]) {
        const wait = () => limit.current() * work * share;
        look(limit, 25, () => ({ delayMs: wait(), inFlight: limit.current() }));
        assert.ok(
          wait() > 0.8 * target && wait() < 1.25 * target,
          `${wait()} ms on 1/${share} of the processor`,
        );
      }
      look(limit, 10, () => ({ delayMs: 0.1, inFlight: 2 }));
      assert.equal(limit.current(), 128, 'after half a second of calm');
    });
  }
});
