// Needs kubectl, kubeconform and kube-score, and no cluster.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { read } from '../../lab/src/environments/compose/command.ts';
import { kubectl } from '../../lab/src/environments/kubernetes/kubectl.ts';
import { overlays } from './overlays.ts';

const CRITICAL = 1;
const scores = z.array(
  z.object({
    object_name: z.string(),
    checks: z.array(
      z.object({ check: z.object({ id: z.string() }), grade: z.number(), skipped: z.boolean() }),
    ),
  }),
);

describe('the manifests', () => {
  for (const overlay of overlays) {
    it(`${overlay} is valid by the schemas of Kubernetes`, async () => {
      const input = await kubectl(['kustomize', overlay]);
      // those of other projects' kinds are not there
      await read('kubeconform', ['-strict', '-ignore-missing-schemas', '-'], { input });
    });
  }

  for (const overlay of [
    'monolith',
    'microservices',
    'monolith-replicated',
    'microservices-shared-db',
    'autoscaling',
  ]) {
    it(`kube-score finds nothing critical in ${overlay}`, async () => {
      const input = await kubectl(['kustomize', `deploy/k8s/overlays/${overlay}`]);
      const answer = await read(
        'kube-score',
        ['score', '--output-format=json', '--exit-one-on-warning=false', '-'],
        {
          input,
        },
      );
      const critical = scores
        .parse(JSON.parse(answer))
        .flatMap(({ object_name: name, checks }) =>
          checks
            .filter(({ grade, skipped }) => !skipped && grade <= CRITICAL)
            .map(({ check }) => `${name}: ${check.id}`),
        );
      assert.deepEqual(critical, []);
    });
  }
});
