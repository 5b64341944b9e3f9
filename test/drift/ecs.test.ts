// What the templates for ECS say again of what compose runs. It differs where ECS does: the load balancer is the
// gateway, RDS runs the databases, and each component's budget is that of two tasks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { peersOf, serviceNames, sizes } from '../../aws/src/components/components.ts';
import { layouts } from '../../lab/src/environments/layout.ts';
import { root } from '../architecture/sources.ts';
import { composeFacts } from './compose.ts';
import { componentOf, containerOf, migrationOf, propertiesOf, readTemplate } from './ecs.ts';
import { owners } from './facts.ts';
import { imageDefaults } from './image.ts';

const reference = composeFacts();
const service = readTemplate('service');
const task = containerOf(service);

/** Fargate's least memory for a CPU, in MiB. */
const leastMemory: Record<number, number> = { 256: 512, 512: 1_024, 1024: 2_048, 2048: 4_096 };

describe('ecs', () => {
  for (const owner of owners) {
    const wanted = reference.components[owner];
    if (wanted === undefined) throw new Error(`compose has no ${owner}`);

    it(`runs the ${owner} that compose runs: image, port, drain`, () => {
      const { image, port, mayDrain } = componentOf(owner);
      assert.deepEqual([image, port, mayDrain], [wanted.image, wanted.port, true]);
    });

    it(`asks the ${owner} at the path at which compose asks whether it is ready, and at its one open port`, () => {
      assert.equal(componentOf(owner).readiness, wanted.readiness.replace(/^\d+/, String(wanted.port)));
    });

    it(`gives the ${owner} the variables that compose gives it, and no others but addresses of peers`, () => {
      const { variables } = componentOf(owner);
      const addresses = /^(USERS|THREADS|POSTS)_URL$/;
      const named = Object.entries(variables).filter(
        ([name]) => name in wanted.variables || !addresses.test(name),
      );
      assert.deepEqual(Object.fromEntries(named), wanted.variables);
    });

    it(`gives the tasks of the ${owner} together the CPU that compose gives it, and enough memory`, () => {
      const { cpus, memoryMiB } = componentOf(owner);
      assert.equal(cpus, wanted.cpus);
      assert.ok(memoryMiB >= wanted.memoryMiB);
      assert.equal(sizes[owner].memoryMiB, leastMemory[sizes[owner].cpu]);
    });

    it(`migrates the ${owner} as compose does`, () => {
      assert.deepEqual(migrationOf(owner), reference.migrations[`${owner}-migrate`]);
    });

    it(`calls the database of the ${owner} as the other platforms do`, () => {
      const store = [layouts.monolith, layouts.microservices]
        .flatMap((layout) => layout.services)
        .find(({ name }) => name === owner)?.store;
      for (const template of ['service', 'migration'])
        assert.equal(readTemplate(template).Mappings.Database?.[owner]?.Name, store?.database, template);
    });
  }

  it('scales from as many tasks as the budget is reckoned with', () => {
    const least = readTemplate('scaling').Parameters.MinCapacity?.Default;
    for (const owner of owners) assert.equal(sizes[owner].tasks, least);
  });

  it('asks a container whether it lives at the port of requests, as the user of the image', () => {
    const { port } = imageDefaults();
    assert.match(task.HealthCheck?.Command.join(' ') ?? '', new RegExp(`127\\.0\\.0\\.1:${port}/livez`));
    const user = /^USER (\S+)$/m.exec(readFileSync(`${root}/Dockerfile`, 'utf8'))?.[1];
    for (const { User, ReadonlyRootFilesystem } of [task, containerOf(readTemplate('migration'))])
      assert.deepEqual([User, ReadonlyRootFilesystem], [user, true]);
  });

  it('lets through, from one group to another, the port of requests and that of databases only', () => {
    const ports = z.looseObject({ FromPort: z.number(), ToPort: z.number() });
    const group = z.looseObject({
      SecurityGroupIngress: z.array(ports).default([]),
      SecurityGroupEgress: z.array(ports).default([]),
    });
    const { port } = imageDefaults();
    const outside = [80, 443]; // clients at the load balancer; tasks at AWS
    for (const template of [readTemplate('security'), readTemplate('data')]) {
      for (const [name, { Type, Properties }] of Object.entries(template.Resources)) {
        const rules = /SecurityGroup(In|E)gress$/.test(Type)
          ? [ports.parse(Properties)]
          : Type.endsWith('SecurityGroup')
            ? Object.values(group.parse(Properties)).flat()
            : [];
        for (const rule of rules) {
          const known = ports.safeParse(rule).data;
          if (known === undefined) continue; // the group's own description
          assert.equal(known.FromPort, known.ToPort, name);
          assert.ok([port, 5_432, ...outside].includes(known.FromPort), `${name} opens ${known.FromPort}`);
        }
      }
    }
  });

  it('runs the version of PostgreSQL that compose runs, with tables that can be moved', () => {
    const data = readTemplate('data');
    const { image, command } = reference.databases['users-db'] ?? { image: '', command: '' };
    assert.match(image, new RegExp(`^postgres:${data.Mappings.Version?.rds?.Engine}\\b`));
    assert.equal(data.Mappings.Version?.rds?.Family, `postgres${data.Mappings.Version?.rds?.Engine}`);
    assert.match(command, /wal_level=logical/);
    const shape = z.object({ Parameters: z.record(z.string(), z.string()) });
    for (const group of ['Parameters', 'ClusterParameters'])
      assert.equal(propertiesOf(data, group, shape).Parameters['rds.logical_replication'], '1');
  });

  it('names in Service Connect whom compose names', () => {
    for (const owner of serviceNames) {
      const asked = Object.keys(reference.components[owner]?.variables ?? {})
        .filter((name) => /^(USERS|THREADS|POSTS)_URL$/.test(name))
        .map((name) => name.replace('_URL', '').toLowerCase());
      assert.deepEqual([...peersOf[owner]].sort(), asked.sort(), owner);
    }
  });

  it('asks in its blue/green template what it asks in the ordinary one', () => {
    const shape = z.object({ Port: z.number(), HealthCheckPath: z.string() });
    const canary = readTemplate('blue-green');
    for (const group of ['Blue', 'Green'])
      assert.deepEqual(propertiesOf(canary, group, shape), propertiesOf(service, 'Targets', shape), group);
  });
});
