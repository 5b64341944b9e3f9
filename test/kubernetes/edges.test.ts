import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { parseObjects } from '../../deploy/k8s/rendered.ts';
import { type Layout, layouts } from '../../lab/src/environments/layout.ts';
import { root } from '../architecture/sources.ts';

const NAME = 'app.kubernetes.io/name';
const peers = z.array(z.object({ podSelector: z.object({ matchLabels: z.record(z.string(), z.string()) }) }));
const ports = z.array(z.object({ port: z.number() }));
const policy = z.object({
  metadata: z.object({ name: z.string() }),
  spec: z.object({
    ingress: z.array(z.object({ from: peers.optional(), ports })).default([]),
    egress: z.array(z.object({ to: peers, ports })).default([]),
  }),
});

const folder = join(root, 'deploy/k8s/overlays/network-policies');
const read = (name: string) =>
  parseObjects(readFileSync(join(folder, `${name}.yaml`), 'utf8')).map((object) => policy.parse(object));
const nameOf = (labels: Record<string, string>): string => labels[NAME] ?? '?';
const edge = (from: string, to: string, port: number | undefined): string => `${from} -> ${to}:${port}`;

/** What a topology's processes have to reach, by the layout that the lab runs. */
const edgesOf = (layout: Layout): string[] => {
  const behind = layout.routes.map(({ service }) => edge('gateway', service, 8080));
  const owned = layout.services.flatMap(({ name, store, peers: asked }) => [
    ...asked.map((peer) => edge(name, peer, 8080)),
    ...(store ? [edge(name, store.server, 5432), edge(`${name}-migrate`, store.server, 5432)] : []),
  ]);
  return [...behind, ...owned];
};

describe('the network policies', () => {
  const policies = ['gateway', 'users', 'threads', 'posts', 'monolith'].flatMap(read);
  const needed = [layouts.microservices, layouts['monolith-replicated']].flatMap(edgesOf);

  it('let each component reach what its topology needs, and nothing else', () => {
    const allowed = policies.flatMap(({ metadata: { name }, spec }) =>
      spec.egress.flatMap(({ to, ports: [port] }) =>
        to.map(({ podSelector }) => edge(name, nameOf(podSelector.matchLabels), port?.port)),
      ),
    );
    assert.deepEqual(allowed.sort(), [...new Set(needed)].sort());
  });

  it('let in who may reach it, and nobody else', () => {
    const allowed = policies.flatMap(({ metadata: { name }, spec }) =>
      spec.ingress.flatMap(({ from = [], ports: [port] }) =>
        from.map(({ podSelector }) => edge(nameOf(podSelector.matchLabels), name, port?.port)),
      ),
    );
    const byName = needed.filter((each) => !each.endsWith('-> monolith:8080')); // takes traffic from anywhere
    assert.deepEqual(allowed.sort(), [...new Set(byName)].sort());
  });

  it('let anybody in at the traffic port of gateway and monolith only', () => {
    const open = policies.flatMap(({ metadata: { name }, spec }) =>
      spec.ingress
        .filter(({ from }) => from === undefined)
        .map(({ ports: [port] }) => `${name}:${port?.port}`),
    );
    assert.deepEqual(open.sort(), ['gateway:8080', 'monolith:8080']);
  });

  it('have the routes of compose', () => {
    const routes = (file: string): unknown => JSON.parse(readFileSync(join(root, 'deploy', file), 'utf8'));
    assert.deepEqual(routes('k8s/base/routes.json'), routes('compose/gateway/routes.json'));
    assert.deepEqual(
      routes('k8s/overlays/monolith-replicated/routes.json'),
      routes('compose/gateway-of-copies/routes.json'),
    );
  });
});
