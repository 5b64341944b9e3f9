import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn, setTimeout as wait } from 'node:timers/promises';
import { createGate, type Gate } from '@cleave/admission/gate';
import { until } from '../../test/support/until.ts';

const target = 10;

/** Requests come and leave at once, in turns as long as `turn` makes them, until `holds`. */
async function come(gate: Gate, turn: () => unknown, what: string, holds: () => boolean): Promise<void> {
  await until(
    what,
    async () => {
      if (gate.enter()) gate.leave();
      await turn();
      await nextTurn();
      return holds();
    },
    60,
  );
}

function spin(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('the gate', () => {
  it('closes to a few when turns take too long and there is no rest between them', async () => {
    const gate = createGate(target);
    for (let held = 0; held < 100; held += 1) assert.ok(gate.enter());
    await come(
      gate,
      () => spin(10 * target),
      'the limit has fallen below what is in flight',
      () => gate.limit() < 100,
    );
    assert.equal(gate.enter(), false);
    while (gate.inFlight() > 0) gate.leave();
    assert.ok(gate.enter(), 'there is room again');
  });

  it('does not close further because refusing takes long', async () => {
    const gate = createGate(target);
    let turns = 0;
    const refuse = (): void => {
      const begun = performance.now();
      spin(5 * target);
      gate.refused(performance.now() - begun);
      turns += 1;
    };
    await come(gate, refuse, 'many turns', () => turns === 20);
    assert.equal(gate.limit(), 128);
  });

  it('stays open to any number of requests that wait for something else', async () => {
    const gate = createGate(target);
    let held = 0;
    await come(
      gate,
      () => {
        for (let more = 0; more < 5; more += 1) {
          assert.ok(gate.enter(), `${held} are in flight`);
          held += 1;
        }
        return wait(5);
      },
      'many are in flight',
      () => held >= 500,
    );
  });

  it('closes when connections to a database are waited for, also while the processor rests', async () => {
    const gate = createGate(target);
    for (let held = 0; held < 100; held += 1) gate.enter();
    const busyPool = (): Promise<void> => {
      gate.waited(5 * target);
      return wait(5);
    };
    await come(gate, busyPool, 'the limit has fallen', () => gate.limit() < 100);
    const calmPool = (): Promise<void> => {
      gate.waited(5 * target);
      gate.waited(0); // one that did not have to wait: the queue was empty
      return wait(5);
    };
    await come(gate, calmPool, 'the limit has risen', () => gate.limit() > 100);
  });
});
