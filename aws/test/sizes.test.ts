import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { componentNames, sizeOf, sizes } from '../src/components/components.ts';

describe('the size of a task', () => {
  it('is the usual one where there are as many tasks as usual', () => {
    for (const name of componentNames) assert.deepEqual(sizeOf(name, sizes[name].tasks), sizes[name]);
  });

  it('keeps the CPU and the connections of all tasks together', () => {
    assert.deepEqual(sizeOf('monolith', 1), { cpu: 2_048, memoryMiB: 4_096, tasks: 1, pool: 12 });
    assert.deepEqual(sizeOf('monolith', 4), { cpu: 512, memoryMiB: 1_024, tasks: 4, pool: 3 });
    assert.deepEqual(sizeOf('posts', 1), { cpu: 512, memoryMiB: 1_024, tasks: 1, pool: 4 });
  });

  it('is refused where Fargate has no such task', () => {
    assert.throws(() => sizeOf('users', 4), /Fargate has none/);
    assert.throws(() => sizeOf('monolith', 3), /Fargate has none/);
  });
});
