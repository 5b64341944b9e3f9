import type { Dashboard } from './dashboard.ts';
import { lines, numbers } from './panels.ts';

// what clients meet: the gateway, or the monolith where there is none before it
const entrance =
  'http_request_duration_seconds_count{component=~"monolith|gateway", topology=~"$topology", route=~"/api/.+"}';
const entranceErrors = entrance.replace('}', ', status=~"5.."}');
const entranceBuckets = entrance.replace('_count', '_bucket');
// who answers: a module's route is the same in the monolith and in its service
const answer =
  'http_request_duration_seconds_count{component!="gateway", topology=~"$topology", route=~"/api/.+"}';
const answerErrors = answer.replace('}', ', status=~"5.."}');
const answerBuckets = answer.replace('_count', '_bucket');

const rate = (selector: string, by: string): string => `sum by (${by}) (rate(${selector}[$__rate_interval]))`;
/** The share of failures, 0 where there was none. */
const share = (failed: string, all: string, by: string): string =>
  `(${rate(failed, by)} or 0 * ${rate(all, by)}) / ${rate(all, by)}`;
const quantile = (q: number, buckets: string, by: string): string =>
  `histogram_quantile(${q}, ${rate(buckets, `le, ${by}`)})`;

const byRoute = 'topology, route';
const routeLegend = '{{topology}} {{route}}';

export const goldenSignals: Dashboard = {
  uid: 'cleave-golden-signals',
  title: 'Golden signals',
  description: 'Latency, traffic, errors and saturation of both topologies, by route.',
  variables: [{ name: 'topology', of: 'up{job="cleave"}' }],
  rows: [
    {
      title: 'At the entrance',
      panels: [
        lines(
          'Traffic',
          'reqps',
          'Requests of clients. The same load on both topologies gives equal lines.',
          {
            expr: rate(entrance, 'topology'),
            legend: '{{topology}}',
          },
        ),
        lines('Errors', 'percentunit', 'The share that was answered with 5xx.', {
          expr: share(entranceErrors, entrance, 'topology'),
          legend: '{{topology}}',
        }),
        lines('Latency', 's', 'Half of the requests took no longer than p50, 99 of 100 no longer than p99.', [
          { expr: quantile(0.5, entranceBuckets, 'topology'), legend: '{{topology}} p50' },
          { expr: quantile(0.99, entranceBuckets, 'topology'), legend: '{{topology}} p99' },
        ]),
      ],
    },
    {
      title: 'By route, where it is answered',
      panels: [
        lines(
          'Traffic',
          'reqps',
          'Also what one service asks of another, so a split has more than a monolith.',
          {
            expr: rate(answer, byRoute),
            legend: routeLegend,
          },
        ),
        lines('Errors', 'percentunit', 'The share that was answered with 5xx.', {
          expr: share(answerErrors, answer, byRoute),
          legend: routeLegend,
        }),
        lines('Latency, p99', 's', 'Without the way through the gateway.', {
          expr: quantile(0.99, answerBuckets, byRoute),
          legend: routeLegend,
        }),
        lines('Clients that left', 'reqps', 'Answers that nobody waited for (499).', {
          expr: `${rate(answer.replace('}', ', status="499"}'), 'topology')} or 0 * ${rate(answer, 'topology')}`,
          legend: '{{topology}}',
        }),
        lines(
          'Refused requests',
          'reqps',
          'Answers of 4xx by status: clients that ask for what is not there.',
          {
            expr: rate(answer.replace('}', ', status=~"4..", status!="499"}'), 'topology, status'),
            legend: '{{topology}} {{status}}',
          },
        ),
      ],
    },
    {
      title: 'Saturation',
      panels: [
        lines('Requests in flight', 'short', 'Begun and not yet answered.', {
          expr: 'sum by (topology, component) (http_requests_in_flight{topology=~"$topology"})',
          legend: '{{topology}} {{component}}',
        }),
        lines('CPU', 'short', 'Cores in use. Node runs JavaScript on one.', {
          expr: 'sum by (topology, component) (rate(process_cpu_seconds_total{job="cleave", topology=~"$topology"}[$__rate_interval]))',
          legend: '{{topology}} {{component}}',
        }),
        lines('Waiting for a database connection', 'short', 'Requests; above 0 the pool is the bottleneck.', {
          expr: 'sum by (topology, component) (db_pool_connections{state="waiting", topology=~"$topology"})',
          legend: '{{topology}} {{component}}',
        }),
        numbers('Components that answer Prometheus', 'short', 'Processes by component.', {
          expr: 'sum by (topology, component) (up{job="cleave", topology=~"$topology"})',
          legend: '{{topology}} {{component}}',
        }),
      ],
    },
  ],
};
