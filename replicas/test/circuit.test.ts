import assert from 'node:assert/strict';
import { test } from 'node:test';
import { until } from '../../test/support/until.ts';
import { type CircuitState, createCircuit } from '../src/circuit.ts';

const opened = (restMs = 0) => {
  const states: CircuitState[] = [];
  const circuit = createCircuit({ failures: 3, restMs }, (state) => states.push(state));
  for (let failure = 0; failure < 3; failure += 1) circuit.enter().failed();
  return { circuit, states };
};

test('failures in a row open a circuit, and a success in between begins the count anew', () => {
  const circuit = createCircuit({ failures: 3, restMs: 0 }, () => {});
  for (const end of ['failed', 'failed', 'ended', 'failed', 'failed', 'left'] as const)
    circuit.enter()[end]();
  assert.equal(circuit.state(), 'closed');
  circuit.enter().failed();
  assert.equal(circuit.state(), 'open');
});

test('a head without the rest of its answer does not begin the count anew', () => {
  const circuit = createCircuit({ failures: 3, restMs: 0 }, () => {});
  for (let failure = 0; failure < 3; failure += 1) {
    const passage = circuit.enter();
    passage.answered();
    passage.failed();
  }
  assert.equal(circuit.state(), 'open');
});

test('an open circuit lets nobody in before it has rested, then one probe', async () => {
  const { circuit } = opened(20);
  assert.equal(circuit.isDue(), false);
  await until('it has rested', () => circuit.isDue());
  circuit.enter();
  assert.deepEqual([circuit.state(), circuit.isDue()], ['half-open', false]);
});

test('the head of an answer to a probe closes the circuit', () => {
  const { circuit, states } = opened();
  circuit.enter().answered();
  assert.deepEqual(states, ['open', 'half-open', 'closed']);
});

test('a failed probe opens the circuit again', () => {
  const { circuit, states } = opened();
  circuit.enter().failed();
  assert.deepEqual(states, ['open', 'half-open', 'open']);
});

test('a probe whose client left proves nothing: the next request is the probe', () => {
  const { circuit } = opened();
  circuit.enter().left();
  assert.deepEqual([circuit.state(), circuit.isDue()], ['open', true]);
});

test('what comes of requests from before the circuit changed counts for nothing', () => {
  const circuit = createCircuit({ failures: 2, restMs: 0 }, () => {});
  const late = [circuit.enter(), circuit.enter(), circuit.enter(), circuit.enter()];
  late[0]?.failed();
  late[1]?.failed();
  late[2]?.answered();
  assert.equal(circuit.state(), 'open');
  circuit.enter().answered();
  late[2]?.failed();
  late[3]?.failed();
  assert.equal(circuit.state(), 'closed');
});

test('whoever is gone opens a circuit at once, but not one that has changed since', () => {
  const circuit = createCircuit({ failures: 3, restMs: 0 }, () => {});
  const [first, second] = [circuit.enter(), circuit.enter()];
  first.lost();
  assert.equal(circuit.state(), 'open');
  circuit.enter().answered();
  second.lost();
  assert.equal(circuit.state(), 'closed');
});
