import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createComposeEnvironment } from '../../lab/src/environments/compose/compose-environment.ts';
import { attacksFrom, count, moduleOwners, othersOf, sorts } from '../../lab/src/experiments/breach/count.ts';
import { attackTopology } from '../../lab/src/experiments/breach/experiment.ts';
import type { BreachRecord } from '../../lab/src/experiments/breach/record.ts';

const topologies = ['monolith', 'microservices', 'microservices-shared-db'] as const;

describe('a breach', () => {
  const environment = createComposeEnvironment();
  const records = new Map<string, BreachRecord>();
  before(async () => {
    await environment.up(topologies);
    for (const topology of topologies) records.set(topology, await attackTopology(environment, topology));
  });
  after(() => environment.down());

  const recordOf = (topology: string): BreachRecord => {
    const record = records.get(topology);
    if (!record) throw new Error(`${topology} was not attacked`);
    return record;
  };

  it('of the monolith reaches the tables and the endpoints of every module', () => {
    const attacks = attacksFrom(recordOf('monolith'), 'monolith');
    assert.deepEqual(count(attacks, moduleOwners, sorts.tables), { reached: 6, of: 6 });
    assert.deepEqual(count(attacks, moduleOwners, sorts.endpoints), { reached: 9, of: 9 });
  });

  for (const topology of ['microservices', 'microservices-shared-db'] as const) {
    for (const service of ['gateway', ...moduleOwners] as const) {
      it(`of ${service} in ${topology} reaches no tables, secrets, admin or control ports of others`, () => {
        const record = recordOf(topology);
        const kinds = [...sorts.tables, ...sorts.secrets, 'admin', 'control', 'faults', 'process'] as const;
        const others = othersOf(record, service);
        assert.equal(count(attacksFrom(record, service), others, kinds).reached, 0);
      });
    }
  }

  for (const topology of ['microservices', 'microservices-shared-db'] as const) {
    for (const service of moduleOwners) {
      it(`of ${service} in ${topology} reaches neither the gateway nor the machine that it runs on`, () => {
        const attacks = attacksFrom(recordOf(topology), service);
        assert.equal(count(attacks, ['gateway'], ['traffic']).reached, 0);
        assert.equal(count(attacks, ['outside'], ['host']).reached, 0);
      });
    }
  }

  for (const topology of topologies) {
    it(`of any component of ${topology} reaches neither the internet nor public names`, () => {
      for (const { place, attacks } of recordOf(topology).rows) {
        assert.equal(count(attacks, ['outside'], ['internet', 'names']).reached, 0, place);
      }
    });
  }

  for (const topology of topologies) {
    it(`reaches no admin, control or fault endpoint of ${topology} from the public side`, () => {
      const attacks = attacksFrom(recordOf(topology), 'public side');
      const { reached, of } = count(attacks, [...moduleOwners, 'gateway'], sorts.endpoints);
      assert.equal(reached, 0);
      assert.ok(of >= 9);
    });
  }
});
