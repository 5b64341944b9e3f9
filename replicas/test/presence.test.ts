import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { createPresence } from '../src/presence.ts';

/** Somebody who waits, and what was told. */
const waiting = () => {
  const told: string[] = [];
  return { told, onSilent: () => void told.push('silent'), onGone: () => void told.push('gone') };
};

const unexpected = () => assert.fail('somebody is there');

test('whoever waits for a silent replica is told once, and again when nobody is there', async (t) => {
  const gone: string[] = [];
  const { promise: answer, resolve: answerKnock } = Promise.withResolvers<boolean>();
  const knocks = [answer];
  const presence = createPresence(
    5,
    () => knocks.shift() ?? Promise.resolve(true),
    () => void gone.push('gone'),
  );
  const one = waiting();
  const wait = presence.wait(one);
  t.after(() => wait.left());
  await until('it is doubted', () => one.told.length > 0);
  const other = waiting();
  const otherWait = presence.wait(other);
  t.after(() => otherWait.left());
  assert.deepEqual(one.told, ['silent']);
  answerKnock(false);
  await until('both are told', () => one.told.length === 2 && other.told.length === 1);
  assert.deepEqual([one.told, other.told], [['silent', 'gone'], ['gone']]);
  assert.deepEqual(gone, ['gone']);
  assert.deepEqual([wait.left(), otherWait.left()], [true, true]);
});

test('a replica that answers others is not doubted for one who waits longer', async () => {
  let knocks = 0;
  const presence = createPresence(
    20,
    async () => {
      knocks += 1;
      return true;
    },
    unexpected,
  );
  const slow = waiting();
  const wait = presence.wait(slow);
  const over = performance.now() + 100;
  await until('five times as long went by', () => {
    presence.wait(waiting()).answered();
    return performance.now() > over;
  });
  assert.equal(wait.left(), false, 'it was heard of since');
  assert.deepEqual([slow.told, knocks], [[], 0]);
});

test('a silent replica that is there is knocked at again and again, and those who wait are told once', async () => {
  let knocks = 0;
  const presence = createPresence(
    2,
    async () => {
      knocks += 1;
      return true;
    },
    unexpected,
  );
  const one = waiting();
  const wait = presence.wait(one);
  await until('it was knocked at three times', () => knocks >= 3);
  assert.deepEqual(one.told, ['silent']);
  wait.answered();
  const seen = knocks;
  const other = waiting();
  presence.wait(other).answered();
  assert.equal(knocks, seen);
});

test('that nobody is there is told also when nobody waits any more', async () => {
  const { promise: answer, resolve: answerKnock } = Promise.withResolvers<boolean>();
  const gone: string[] = [];
  const presence = createPresence(
    2,
    () => answer,
    () => void gone.push('gone'),
  );
  const one = waiting();
  const wait = presence.wait(one);
  await until('it is doubted', () => one.told.length > 0);
  wait.left();
  answerKnock(false);
  await until('it is told', () => gone.length > 0);
  assert.deepEqual(one.told, ['silent']);
});
