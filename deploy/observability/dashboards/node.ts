import type { Dashboard } from './dashboard.ts';
import { lines, numbers } from './panels.ts';

const here = '{job="cleave", topology=~"$topology", component=~"$component"}';
const legend = '{{topology}} {{component}} {{instance}}';
const value = (metric: string) => ({ expr: `${metric}${here}`, legend });
const perSecond = (metric: string) => ({ expr: `rate(${metric}${here}[$__rate_interval])`, legend });

export const node: Dashboard = {
  uid: 'cleave-node',
  title: 'Node runtime',
  description: 'The processes: CPU, memory, event loop, garbage collection.',
  variables: [
    { name: 'topology', of: 'up{job="cleave"}' },
    { name: 'component', of: 'up{job="cleave"}' },
  ],
  rows: [
    {
      title: 'Event loop and CPU',
      panels: [
        lines(
          'Event loop delay, p99',
          's',
          'What every request of a process waits for: code that does not yield.',
          {
            ...value('nodejs_eventloop_lag_p99_seconds'),
          },
        ),
        lines('Event loop delay, mean', 's', 'Some 10 ms is the resolution of the measurement.', {
          ...value('nodejs_eventloop_lag_mean_seconds'),
        }),
        lines('CPU', 'short', 'Cores, with those of the garbage collector and of libuv.', {
          ...perSecond('process_cpu_seconds_total'),
        }),
      ],
    },
    {
      title: 'Memory',
      panels: [
        lines(
          'Resident',
          'bytes',
          'Compare with the container’s limit.',
          value('process_resident_memory_bytes'),
        ),
        lines(
          'Heap in use',
          'bytes',
          'Grows and falls; a floor that rises is a leak.',
          value('nodejs_heap_size_used_bytes'),
        ),
        lines('Outside the heap', 'bytes', 'Buffers.', value('nodejs_external_memory_bytes')),
        lines('Garbage collection', 'percentunit', 'The share of time spent in it.', {
          expr: `sum by (topology, component, instance) (rate(nodejs_gc_duration_seconds_sum${here}[$__rate_interval]))`,
          legend,
        }),
        lines('Collections', 'ops', 'By kind; major ones go through the whole heap.', {
          expr: `sum by (topology, component, kind) (rate(nodejs_gc_duration_seconds_count${here}[$__rate_interval]))`,
          legend: '{{topology}} {{component}} {{kind}}',
        }),
      ],
    },
    {
      title: 'Resources',
      panels: [
        lines('File descriptors', 'short', 'Mostly connections.', value('process_open_fds')),
        lines('Active resources', 'short', 'What keeps the process busy, by kind.', {
          expr: `sum by (topology, component, type) (nodejs_active_resources${here})`,
          legend: '{{topology}} {{component}} {{type}}',
        }),
        lines('Database connections', 'short', 'Of the pool, and requests that wait for one.', {
          expr: `sum by (topology, component, state) (db_pool_connections${here})`,
          legend: '{{topology}} {{component}} {{state}}',
        }),
        numbers('Running for', 's', 'Since the start of the process.', {
          expr: `time() - process_start_time_seconds${here}`,
          legend,
        }),
        numbers('Version', 'none', 'Of Node.', {
          expr: `nodejs_version_info${here}`,
          legend: '{{component}} {{version}}',
        }),
      ],
    },
  ],
};
