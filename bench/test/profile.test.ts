import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sharesOf } from '../src/parts/tax/profile.ts';

const node = (id: number, functionName: string, url = '', children: number[] = []) => ({
  id,
  callFrame: { functionName, url },
  children,
});

test('time counts for the file that a function is in, and for the caller when it is in none', () => {
  const nodes = [
    node(1, '(root)', '', [2, 3, 4, 5, 6]),
    node(2, '(idle)'),
    node(3, '(program)'),
    node(4, 'serve', 'node:_http_server', [7]),
    node(5, '(garbage collector)'),
    node(6, 'query', 'file:///x/node_modules/pg/lib/client.js', [8]),
    node(7, 'handle', 'file:///x/gateway/src/gateway.ts'),
    node(8, 'stringify'),
  ];
  const samples = [2, 3, 4, 5, 6, 7, 8];
  const timeDeltas = [1_000, 10, 20, 10, 20, 30, 10];
  assert.deepEqual(
    sharesOf({ profile: { nodes, samples, timeDeltas } }),
    new Map([
      ['native code: sockets, parsers, kernel', 0.1],
      ['Node: HTTP, sockets, streams', 0.2],
      ['garbage collection', 0.1],
      ['database client', 0.3],
      ['ours: forwarding, replicas, admission', 0.3],
    ]),
  );
});
