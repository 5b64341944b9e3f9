// Writes what is derived: the dashboards for Grafana, and the alerts as the Prometheus Operator takes them:
//   node deploy/observability/write.ts && npm run format
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { dashboards } from './dashboards/all.ts';
import { toGrafana } from './dashboards/dashboard.ts';
import { toPrometheusRule } from './prometheus-rule.ts';

const at = (path: string): URL => new URL(path, import.meta.url);

for (const [name, dashboard] of Object.entries(dashboards)) {
  writeFileSync(at(`grafana/dashboards/${name}.json`), `${JSON.stringify(toGrafana(dashboard), null, 2)}\n`);
}
const alerts = parse(readFileSync(at('prometheus/alerts.yaml'), 'utf8'));
writeFileSync(at('../k8s/overlays/observability/monitors/alerts.yaml'), toPrometheusRule(alerts));
