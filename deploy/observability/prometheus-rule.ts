import { stringify } from 'yaml';
import { z } from 'zod';

const file = z.object({ groups: z.array(z.unknown()) });

const comment = ` The alerts of deploy/observability/prometheus/alerts.yaml; written from there by deploy/observability/write.ts.`;

/** The rules of a Prometheus as an object of Kubernetes, in YAML. */
export const toPrometheusRule = (rules: unknown): string =>
  `#${comment}\n${stringify(
    {
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'PrometheusRule',
      metadata: { name: 'cleave' },
      spec: file.parse(rules),
    },
    { lineWidth: 0 },
  )}`;
