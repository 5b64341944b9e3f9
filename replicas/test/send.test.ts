import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { NoReplica, Outrun, ReplicaFault } from '../src/fault.ts';
import { createGroup } from '../src/group.ts';
import type { Limits } from '../src/limits.ts';
import type { RetryReason } from '../src/send.ts';

const patient: Limits = {
  connectMs: 1_000,
  doubtMs: 1_000,
  failures: 2,
  restMs: 60_000,
  retries: { percent: 20, floor: 5 },
  resolveMs: 60_000,
};

/** One try that the test answers. */
interface Try {
  address: string;
  isFresh: boolean;
  answer(text: string): void;
  end(error: Error): void;
  ended: Error | undefined;
}

/** Three replicas whose tries are answered by the test. */
async function three(limits: Partial<Limits> = {}) {
  const retries: RetryReason[] = [];
  const listener = {
    onCircuit() {},
    onUnresolved() {},
    onRetry: (reason: RetryReason) => retries.push(reason),
  };
  const resolve = async () => ['a', 'b', 'c'];
  const group = createGroup({ hostname: 'things', port: 1 }, { ...patient, ...limits }, resolve, listener);
  await group.refresh();
  group.close();
  const tries: Try[] = [];
  const send = (isRepeatable = true) =>
    group.send({
      isRepeatable,
      withinMs: 60_000,
      attempt(address, { isFresh }) {
        const { promise, resolve, reject } = Promise.withResolvers<string>();
        const one: Try = {
          address,
          isFresh,
          answer: resolve,
          ended: undefined,
          end(error) {
            one.ended = error;
            reject(error);
          },
        };
        tries.push(one);
        return { answer: promise, end: one.end };
      },
    });
  const stateOf = (address: string | undefined) =>
    group
      .list()
      .find((replica) => replica.address === address)
      ?.circuit.state();
  const inFlight = () => group.list().map((replica) => replica.inFlight);
  return { send, tries, retries, stateOf, inFlight };
}

const refused = () => new ReplicaFault('unreachable', 'refused');
const gone = () => new ReplicaFault('gone', 'no connection');

test('a repeatable request goes elsewhere when its replica fails, on a connection of its own', async () => {
  const { send, tries, retries, inFlight } = await three();
  const sent = send();
  tries[0]?.end(refused());
  await until('it was sent again', () => tries.length === 2);
  assert.notEqual(tries[1]?.address, tries[0]?.address);
  assert.deepEqual([tries[0]?.isFresh, tries[1]?.isFresh], [false, true]);
  tries[1]?.answer('whole');
  const { answer, visit } = await sent;
  visit.ended();
  assert.deepEqual([answer, retries, inFlight()], ['whole', ['fault'], [0, 0, 0]]);
});

test('a write is sent once', async () => {
  const { send, tries } = await three({ doubtMs: 1 });
  const sent = send(false);
  await assert.rejects(
    Promise.all([sent, tries[0]?.end(refused())]),
    (error) => error instanceof ReplicaFault && error.kind === 'unreachable',
  );
  assert.equal(tries.length, 1);
});

test('a request is sent to three replicas at most', async () => {
  const { send, tries } = await three();
  const sent = send();
  sent.catch(() => {});
  for (let failed = 0; failed < 3; failed += 1) {
    await until('it was sent', () => tries.length === failed + 1);
    tries[failed]?.end(refused());
  }
  await assert.rejects(sent, ReplicaFault);
  assert.equal(new Set(tries.map(({ address }) => address)).size, 3);
});

test('a replica where nobody is any more is left out at once, unless it is the last one', async () => {
  const { send, tries, stateOf } = await three();
  const sent = send();
  sent.catch(() => {});
  for (let lost = 0; lost < 3; lost += 1) {
    await until('it was sent', () => tries.length === lost + 1);
    tries[lost]?.end(gone());
  }
  await assert.rejects(sent, ReplicaFault);
  assert.deepEqual(
    tries.map(({ address }) => stateOf(address)),
    ['open', 'open', 'closed'],
  );
});

test('who is gone costs nothing of the budget: it did no work', async () => {
  const { send, tries } = await three({ retries: { percent: 0, floor: 0 } });
  const sent = send();
  tries[0]?.end(gone());
  await until('it was sent again', () => tries.length === 2);
  tries[1]?.end(refused());
  await assert.rejects(sent, ReplicaFault);
  assert.equal(tries.length, 2);
});

test('a request that waits for a silent replica is sent elsewhere besides, and the first answer counts', async () => {
  const { send, tries, retries, inFlight, stateOf } = await three({ doubtMs: 5, failures: 1 });
  const sent = send();
  await until('it was sent again', () => tries.length === 2);
  tries[1]?.answer('from the other');
  const { answer, visit } = await sent;
  visit.ended();
  await until('nothing is in flight', () => inFlight().every((count) => count === 0));
  assert.deepEqual([answer, retries[0]], ['from the other', 'silence']);
  assert.ok(tries[0]?.ended instanceof Outrun);
  assert.equal(stateOf(tries[0]?.address), 'open', 'its silence counts as a failure');
});

test('a silent replica that answers first after all has answered', async () => {
  const { send, tries, inFlight, stateOf } = await three({ doubtMs: 5, failures: 1 });
  const sent = send();
  await until('it was sent again', () => tries.length === 2);
  tries[0]?.answer('late, but first');
  const { answer, visit } = await sent;
  visit.ended();
  assert.equal(answer, 'late, but first');
  await until('nothing is in flight', () => inFlight().every((count) => count === 0));
  assert.equal(stateOf(tries[0]?.address), 'closed');
  assert.equal(stateOf(tries[1]?.address), 'closed', 'it was asked later, and had less time');
});

test('two answers at the same moment are one answer', async () => {
  const { send, tries, inFlight } = await three({ doubtMs: 5 });
  const sent = send();
  await until('it was sent again', () => tries.length === 2);
  tries[1]?.answer('one');
  tries[0]?.answer('the other');
  const { visit } = await sent;
  visit.ended();
  await until('nothing is in flight', () => inFlight().every((count) => count === 0));
});

test('nothing is sent where no replica may be asked', async () => {
  const { send, tries } = await three({ failures: 1 });
  for (let sent = 0; sent < 3; sent += 1) {
    const failing = send(false);
    tries.at(-1)?.end(refused());
    await assert.rejects(failing, ReplicaFault);
  }
  await assert.rejects(send(), NoReplica);
  assert.equal(tries.length, 3);
});
