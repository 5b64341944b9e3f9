import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../architecture/sources.ts';

const amount = z.object({ cpus: z.string(), memory: z.string() });
const update = z.object({ order: z.string(), failure_action: z.string() });
const service = z.object({
  image: z.string(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  networks: z.array(z.string()),
  ports: z.array(z.object({ mode: z.string() })).default([]),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  stop_grace_period: z.string().default('10s'),
  secrets: z.array(z.object({ source: z.string(), mode: z.literal(0o440) })).default([]),
  configs: z.array(z.object({ source: z.string() })).default([]),
  deploy: z.object({
    mode: z.string().default('replicated'),
    endpoint_mode: z.string().optional(),
    update_config: update.optional(),
    placement: z.object({ constraints: z.array(z.string()).optional() }).optional(),
    resources: z.object({ limits: amount, reservations: amount }),
  }),
});
const named = z.record(z.string(), z.object({ external: z.literal(true), name: z.string() }));
const file = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean() }).nullable()),
  secrets: named,
});

const whole = ['stack.yaml', 'monolith.yaml', 'monolith-replicated.yaml'];
const read = (name: string) =>
  file.parse(parse(readFileSync(join(root, 'deploy/swarm', name), 'utf8'), { version: '1.1' })); // as Docker reads it: 0440 is octal

for (const name of whole) {
  const { services, networks, secrets } = read(name);
  const all = Object.entries(services);
  const isDatabase = (part: string): boolean => part.endsWith('-db');
  const isJob = (part: string): boolean => part.endsWith('-migrate');

  describe(`deploy/swarm/${name}`, () => {
    it('gives each container what it uses and nothing of what it does not', () => {
      const used = all.flatMap(([, { secrets: given }]) => given.map(({ source }) => source));
      assert.deepEqual([...new Set(used)].sort(), Object.keys(secrets).sort());
      for (const [part, { secrets: given, networks: joined }] of all) {
        const owner = part.replace(/-(db|migrate)$/, '');
        for (const { source } of given) assert.ok(source.startsWith(`${owner}-`), `${part} has ${source}`);
        const foreign = joined.filter((network) => network.endsWith('-db') && network !== `${owner}-db`);
        assert.deepEqual(foreign, [], part);
      }
    });

    it('lets only a published component into a network with a way out', () => {
      const open = Object.keys(networks).filter((network) => !networks[network]?.internal);
      for (const [part, { networks: joined, ports }] of all) {
        const outside = joined.filter((network) => open.includes(network));
        assert.equal(outside.length, ports.length, `${part} is in ${outside.join(', ')}`);
      }
    });

    it('replaces what serves by a healthy one first, and what owns a volume after it has stopped', () => {
      for (const [part, { deploy }] of all) {
        const order = isDatabase(part) ? 'stop-first' : 'start-first';
        const wanted = isJob(part) ? undefined : { order, failure_action: 'rollback' };
        assert.deepEqual(deploy.update_config, wanted, part);
      }
    });

    it('has names lead to replicas but where the routing mesh needs a virtual address', () => {
      for (const [part, { deploy, ports }] of all) {
        if (isJob(part)) assert.equal(deploy.mode, 'replicated-job');
        else assert.equal(deploy.endpoint_mode, ports.length > 0 ? 'vip' : 'dnsrr', part);
        for (const { mode } of ports) assert.equal(mode, 'ingress');
      }
    });

    it('keeps databases on the labelled node', () => {
      for (const [part, { deploy }] of all.filter(([each]) => isDatabase(each))) {
        assert.deepEqual(deploy.placement?.constraints, ['node.labels.cleave.databases == true'], part);
      }
    });

    it('gives a component longer to stop than it takes to drain', () => {
      for (const [part, { environment, stop_grace_period }] of all) {
        const delay = Number(environment.DRAIN_DELAY_MS ?? 0);
        const drainMs = 5_000; // DRAIN_TIMEOUT_MS where it is not set
        assert.ok(Number.parseInt(stop_grace_period, 10) * 1_000 > delay + drainMs, part);
      }
    });
  });
}
