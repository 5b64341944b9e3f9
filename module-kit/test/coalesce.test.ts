import assert from 'node:assert/strict';
import { test } from 'node:test';
import { coalesce } from '@cleave/module-kit/coalesce';

interface Sent {
  db: object;
  ids: number[];
  limit: number;
}

/** A read whose answer for an id is the id times ten, and which remembers the statements that it would have sent. */
function createRead(answer: (ids: number[]) => Promise<Map<number, number>> = tens) {
  const sent: Sent[] = [];
  const read = coalesce((db: object, ids, page) => {
    sent.push({ db, ids, limit: page.limit });
    return answer(ids);
  });
  return { sent, read };
}

const tens = async (ids: number[]) => new Map(ids.map((id) => [id, id * 10]));
const db = {};

test('reads of one turn of the event loop share a statement, and what two ask for is asked for once', async () => {
  const { sent, read } = createRead();
  const answers = await Promise.all([read(db, [1]), read(db, [2, 1]), read(db, [3])]);
  assert.deepEqual(sent, [{ db, ids: [1, 2, 3], limit: 1 }]);
  assert.deepEqual(
    answers.map((answer, i) => answer.get(i + 1)),
    [10, 20, 30],
  );
});

test('so do reads with microtasks between them, as between two sockets of a turn', async () => {
  const { sent, read } = createRead();
  const first = read(db, [1]);
  for (let microtasks = 0; microtasks < 10; microtasks += 1) await undefined;
  await Promise.all([first, read(db, [2])]);
  assert.deepEqual(
    sent.map(({ ids }) => ids),
    [[1, 2]],
  );
});

test('a read that is asked for once a statement was sent gets one of its own', async () => {
  const { promise: isSent, resolve: tellSent } = Promise.withResolvers<void>();
  const { promise: mayAnswer, resolve: letAnswer } = Promise.withResolvers<void>();
  const { sent, read } = createRead(async (ids) => {
    tellSent();
    await mayAnswer;
    return tens(ids);
  });
  const before = read(db, [1]);
  await isSent;
  const after = read(db, [1]);
  letAnswer();
  await Promise.all([before, after]);
  assert.equal(sent.length, 2);
});

test('reads by different handles, or of different pages, never share a statement', async () => {
  const { sent, read } = createRead();
  const transaction = {};
  await Promise.all([
    read(db, [1]),
    read(transaction, [2]),
    read(db, [3], { limit: 10 }),
    read(db, [4], { limit: 10, after: 7 }),
  ]);
  assert.deepEqual(
    sent.map(({ db: by, ids }) => [by === db, ...ids]),
    [
      [true, 1],
      [false, 2],
      [true, 3],
      [true, 4],
    ],
  );
});

test('a statement that fails, fails for those who share it and for nobody else', async () => {
  const { sent, read } = createRead(async (ids) => {
    if (ids.includes(13)) throw new Error('the connection broke');
    return tens(ids);
  });
  const unlucky = [read(db, [12]), read(db, [13])];
  const other = read({}, [1]);
  const outcomes = await Promise.allSettled([...unlucky, other]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected', 'fulfilled'],
  );
  assert.equal((await read(db, [12])).get(12), 120);
  assert.equal(sent.length, 3);
});

test('a statement brings at most 2,000 rows, unless one read alone wants more', async () => {
  const { sent, read } = createRead();
  const ids = Array.from({ length: 45 }, (_, i) => i + 1);
  await Promise.all([...ids.map((id) => read(db, [id], { limit: 100 })), read(db, [1, 2], { limit: 1_001 })]);
  assert.deepEqual(
    sent.map((one) => [one.limit, one.ids.length]),
    [
      [100, 20],
      [100, 20],
      [100, 5],
      [1_001, 2],
    ],
  );
});
