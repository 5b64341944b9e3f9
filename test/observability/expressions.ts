// Every expression that people or Prometheus itself evaluate.
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { dashboards } from '../../deploy/observability/dashboards/all.ts';

const rules = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          labels: z.object({ severity: z.string() }),
          annotations: z.object({ summary: z.string() }),
        }),
      ),
    }),
  ),
});

/** The alerts as they are in the file. */
export function readAlerts(): z.infer<typeof rules>['groups'][number]['rules'] {
  const file = new URL('../../deploy/observability/prometheus/alerts.yaml', import.meta.url);
  return rules.parse(parse(readFileSync(file, 'utf8'))).groups.flatMap((group) => group.rules);
}

/** A dashboard's query as Grafana sends it when everything is chosen. */
export interface SentQuery {
  where: string;
  expr: string;
}

export const dashboardQueries = (): SentQuery[] =>
  Object.values(dashboards).flatMap(({ title, rows }) =>
    rows.flatMap((row) =>
      row.panels.flatMap((panel) =>
        panel.queries.map(({ expr }) => ({
          where: `${title} / ${row.title} / ${panel.title}`,
          expr: expr.replaceAll('$__rate_interval', '30s').replaceAll(/\$\w+/g, '.*'),
        })),
      ),
    ),
  );
