import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { dashboards } from '../../deploy/observability/dashboards/all.ts';
import { toGrafana } from '../../deploy/observability/dashboards/dashboard.ts';
import { toPrometheusRule } from '../../deploy/observability/prometheus-rule.ts';
import { readAlerts } from './expressions.ts';

const deploy = new URL('../../deploy/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, deploy), 'utf8');
const folder = 'observability/grafana/dashboards/';

describe('what is derived', () => {
  for (const [name, dashboard] of Object.entries(dashboards)) {
    it(`has the dashboard ${name} as it was written`, () => {
      const written: unknown = JSON.parse(read(`${folder}${name}.json`));
      assert.deepEqual(written, JSON.parse(JSON.stringify(toGrafana(dashboard))));
    });
  }

  it('has all dashboards, and no other, also for Kubernetes', () => {
    const files = readdirSync(new URL(folder, deploy)).filter((file) => file.endsWith('.json'));
    assert.deepEqual(
      files.sort(),
      Object.keys(dashboards)
        .map((name) => `${name}.json`)
        .sort(),
    );
    for (const file of files)
      assert.match(read(`${folder}kustomization.yaml`), new RegExp(`files: \\[${file}\\]`));
  });

  it('has the alerts for Kubernetes as Prometheus has them here', () => {
    const alerts: unknown = parse(read('observability/prometheus/alerts.yaml'));
    assert.equal(read('k8s/overlays/observability/monitors/alerts.yaml'), toPrometheusRule(alerts));
  });
});

describe('a dashboard', () => {
  for (const [name, { variables, rows }] of Object.entries(dashboards)) {
    const panels = rows.flatMap((row) => row.panels);
    const expressions = panels.flatMap(({ queries }) => queries.map(({ expr }) => expr));

    it(`${name} is no wider than the screen and says of each panel what it is good for`, () => {
      for (const { width, title, description } of panels) {
        assert.ok(width > 0 && width <= 24, title);
        assert.ok(description.endsWith('.') || description.endsWith(')'), `${title}: ${description}`);
      }
    });

    it(`${name} uses each of its variables, and no other`, () => {
      const used = new Set(expressions.join(' ').match(/\$\w+/g));
      const known = ['$__rate_interval', ...variables.map((variable) => `$${variable.name}`)];
      assert.deepEqual(
        [...used].filter((variable) => !known.includes(variable)),
        [],
      );
      for (const variable of variables) assert.ok(used.has(`$${variable.name}`), variable.name);
    });

    it(`${name} names its lines by labels that the query keeps`, () => {
      for (const { expr, legend } of panels.flatMap(({ queries }) => queries)) {
        const by = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(', '));
        if (by.length === 0) continue; // all labels are kept
        const named = [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
        assert.deepEqual(
          named.filter((label) => !by.includes(label)),
          [],
          expr,
        );
      }
    });
  }
});

describe('an alert', () => {
  const guide = readFileSync(new URL('../../docs/observability.md', import.meta.url), 'utf8');
  for (const { alert, labels, annotations } of readAlerts()) {
    it(`${alert} says whom it is for and what is the matter, and the guide what to do`, () => {
      assert.match(labels.severity, /^(page|ticket)$/);
      assert.match(annotations.summary, /\{\{|Replicas/);
      assert.match(guide, new RegExp(`\\| \`${alert}\` \\|`));
    });
  }
});
