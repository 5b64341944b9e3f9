// Ports, probes, variables and limits are said once on each platform; here they have to say the same.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { composeFacts } from './compose.ts';
import type { Facts } from './facts.ts';
import { kubernetesFacts } from './kubernetes.ts';
import { swarmFacts } from './swarm.ts';

const reference = composeFacts();
const others: Record<string, () => Facts> = { swarm: swarmFacts, kubernetes: kubernetesFacts };

describe('the platforms', () => {
  for (const [platform, read] of Object.entries(others)) {
    it(`${platform} runs what compose runs: components`, () => {
      assert.deepEqual(read().components, reference.components);
    });
    it(`${platform} runs what compose runs: databases`, () => {
      assert.deepEqual(read().databases, reference.databases);
    });
    it(`${platform} runs what compose runs: migrations`, () => {
      assert.deepEqual(read().migrations, reference.migrations);
    });
  }

  it('every component may drain before it is killed', () => {
    for (const [name, { mayDrain }] of Object.entries(reference.components)) assert.ok(mayDrain, name);
  });
});
