import type { Panel, Query } from './panels.ts';

/** A dashboard: rows of panels, and the labels that a reader may choose by. */
export interface Dashboard {
  uid: string;
  title: string;
  description: string;
  variables: Variable[];
  rows: { title: string; panels: Panel[] }[];
}

/** A label to choose by; `of` is a selector that has it. */
export interface Variable {
  name: string;
  of: string;
}

const columns = 24;
const height = 8;
const datasource = { type: 'prometheus', uid: '$datasource' };

interface Place {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** The JSON that Grafana loads. Panels fill each row from the left. */
export function toGrafana({ uid, title, description, variables, rows }: Dashboard): object {
  let id = 0;
  let y = 0;
  const panels = rows.flatMap((row) => {
    const heading = { id: ++id, type: 'row', title: row.title, collapsed: false, panels: [] };
    const placed: object[] = [{ ...heading, gridPos: { x: 0, y, w: columns, h: 1 } }];
    y += 1;
    let x = 0;
    for (const panel of row.panels) {
      if (x + panel.width > columns) {
        x = 0;
        y += height;
      }
      placed.push(toPanel(panel, ++id, { x, y, w: panel.width, h: height }));
      x += panel.width;
    }
    y += height;
    return placed;
  });
  return {
    uid,
    title,
    description,
    tags: ['cleave'],
    schemaVersion: 41,
    editable: false,
    graphTooltip: 1, // one cursor for all panels
    refresh: '10s',
    time: { from: 'now-15m', to: 'now' },
    timezone: 'browser',
    annotations: { list: [firingAlerts] },
    templating: { list: [datasourceVariable, ...variables.map(toVariable)] },
    panels,
  };
}

const firingAlerts = {
  name: 'Alerts',
  datasource,
  enable: true,
  iconColor: 'red',
  expr: 'ALERTS{alertstate="firing"}',
  titleFormat: '{{alertname}}',
  textFormat: '{{topology}} {{component}} {{upstream}} {{database}}',
  step: '10s',
};

const datasourceVariable = {
  name: 'datasource',
  label: 'Data source',
  type: 'datasource',
  query: 'prometheus',
  hide: 0,
};

const toVariable = ({ name, of }: Variable): object => ({
  name,
  label: name,
  type: 'query',
  datasource,
  query: { query: `label_values(${of}, ${name})`, refId: name },
  includeAll: true,
  multi: true,
  allValue: '.*',
  current: { text: ['All'], value: ['$__all'] },
  refresh: 2, // when the time range changes
  sort: 1,
});

function toPanel(
  { type, title, description, unit, queries, ...panel }: Panel,
  id: number,
  at: Place,
): object {
  const isLine = type === 'timeseries';
  return {
    id,
    type,
    title,
    description,
    gridPos: at,
    datasource,
    fieldConfig: {
      defaults: {
        unit,
        ...(isLine && { min: 0, custom: customOf(panel.isStacked ?? false) }),
        ...(panel.mappings && { mappings: [{ type: 'value', options: panel.mappings }] }),
      },
      overrides: [],
    },
    options: options[type],
    targets: queries.map((query, index) => toTarget(query, index, type === 'stat')),
  };
}

const customOf = (isStacked: boolean): object => ({
  drawStyle: 'line',
  lineWidth: 1,
  fillOpacity: isStacked ? 40 : 5,
  showPoints: 'never',
  stacking: { mode: isStacked ? 'normal' : 'none', group: 'A' },
});

const shared = {
  legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
  tooltip: { mode: 'multi', sort: 'desc' },
};
const options: Readonly<Record<Panel['type'], object>> = {
  timeseries: shared,
  'state-timeline': { ...shared, showValue: 'auto', rowHeight: 0.9, mergeValues: true },
  stat: {
    reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
    orientation: 'auto',
    textMode: 'auto',
    colorMode: 'none',
    graphMode: 'none',
    justifyMode: 'auto',
    wideLayout: true,
    showPercentChange: false,
    percentChangeColorMode: 'standard',
  },
};

const toTarget = ({ expr, legend }: Query, index: number, isInstant: boolean): object => ({
  refId: String.fromCharCode(65 + index),
  datasource,
  expr,
  legendFormat: legend,
  range: !isInstant,
  instant: isInstant,
});
