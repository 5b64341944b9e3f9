import type { Dashboard } from './dashboard.ts';
import { lines, numbers, states } from './panels.ts';

const here = 'topology=~"$topology"';
const requests = `http_request_duration_seconds_count{component="gateway", route=~"/api/.+", ${here}}`;
const perSecond = (metric: string, by: string): string =>
  `sum by (${by}) (rate(${metric}[$__rate_interval]))`;

export const gateway: Dashboard = {
  uid: 'cleave-gateway',
  title: 'Gateway and its upstreams',
  description: 'What the gateway does about upstreams that are slow, full or away.',
  variables: [{ name: 'topology', of: 'gateway_routes_version' }],
  rows: [
    {
      title: 'Upstreams',
      panels: [
        states(
          'Circuits',
          'Of each address. An open one is left out; half-open, it is tried with one request.',
          {
            expr: `max by (upstream, address) (gateway_upstream_circuit_state{${here}})`,
            legend: '{{upstream}} {{address}}',
          },
          {
            0: { text: 'closed', color: 'green' },
            1: { text: 'half-open', color: 'yellow' },
            2: { text: 'open', color: 'red' },
          },
        ),
        lines(
          'In flight',
          'short',
          'Sent and not yet answered to the end. The limit of an upstream is 256.',
          {
            expr: `sum by (upstream) (gateway_upstream_in_flight{${here}})`,
            legend: '{{upstream}}',
          },
        ),
        lines('Shed', 'reqps', 'Refused at once: too many in flight, or no address with a closed circuit.', {
          expr: perSecond(`gateway_shed_total{${here}}`, 'upstream, reason'),
          legend: '{{upstream}} {{reason}}',
        }),
        lines('Retries', 'reqps', 'Sent again: after a stale connection, or at another address.', {
          expr: perSecond(`gateway_retries_total{${here}}`, 'upstream, reason'),
          legend: '{{upstream}} {{reason}}',
        }),
      ],
    },
    {
      title: 'Requests',
      panels: [
        lines('By prefix', 'reqps', 'Of clients.', {
          expr: perSecond(requests, 'route'),
          legend: '{{route}}',
        }),
        lines('By status', 'reqps', '503: shed, or no connection. 504: no answer in time.', {
          expr: perSecond(requests, 'status'),
          legend: '{{status}}',
        }),
        lines('Latency, p99', 's', 'From the head of a request to the last byte of its answer.', {
          expr: `histogram_quantile(0.99, ${perSecond(requests.replace('_count', '_bucket'), 'le, route')})`,
          legend: '{{route}}',
        }),
        numbers('Version of the routes', 'none', 'In use; all replicas should agree.', {
          expr: `max by (instance) (gateway_routes_version{${here}})`,
          legend: '{{instance}}',
        }),
      ],
    },
  ],
};
