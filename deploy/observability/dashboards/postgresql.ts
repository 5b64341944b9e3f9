import type { Dashboard } from './dashboard.ts';
import { lines, numbers } from './panels.ts';

const here = 'job="postgresql", database=~"$database"';
// the databases of ours; each server has those of the system besides
const ours = `${here}, datname!~"postgres|template.*"`;
const legend = '{{database}}';
const value = (metric: string, by = 'database') => ({
  expr: `sum by (${by}) (${metric}{${ours}})`,
  legend: by === 'database' ? legend : `${legend} {{${by.split(', ')[1]}}}`,
});
const perSecond = (metric: string) => ({
  expr: `sum by (database) (rate(${metric}{${ours}}[$__rate_interval]))`,
  legend,
});

export const postgresql: Dashboard = {
  uid: 'cleave-postgresql',
  title: 'PostgreSQL',
  description: 'The database servers: one of the monolith, one of each service.',
  variables: [{ name: 'database', of: 'pg_up' }],
  rows: [
    {
      title: 'Work',
      panels: [
        lines('Transactions', 'ops', 'Committed.', perSecond('pg_stat_database_xact_commit')),
        lines(
          'Rolled back',
          'ops',
          'More than a few point to errors or timeouts.',
          perSecond('pg_stat_database_xact_rollback'),
        ),
        lines(
          'Rows read',
          'cps',
          'By queries, of tables and indexes.',
          perSecond('pg_stat_database_tup_returned'),
        ),
        lines('Rows written', 'cps', 'Inserted.', perSecond('pg_stat_database_tup_inserted')),
        lines('Longest transaction', 's', 'One that stays open keeps dead rows and locks.', {
          expr: `max by (database) (pg_stat_activity_max_tx_duration{${ours}})`,
          legend,
        }),
        lines('Deadlocks', 'ops', 'Should be none.', perSecond('pg_stat_database_deadlocks')),
      ],
    },
    {
      title: 'Connections and locks',
      panels: [
        lines(
          'Connections by state',
          'short',
          'Those of the pools are idle between statements.',
          value('pg_stat_activity_count', 'database, state'),
        ),
        lines('Connections of the most', 'percentunit', 'Of max_connections.', {
          expr: `sum by (database) (pg_stat_activity_count{${here}}) / max by (database) (pg_settings_max_connections{${here}})`,
          legend,
        }),
        lines(
          'Locks by mode',
          'short',
          'AccessExclusiveLock stops all else.',
          value('pg_locks_count', 'database, mode'),
        ),
      ],
    },
    {
      title: 'Storage',
      panels: [
        lines('Found in memory', 'percentunit', 'The share of blocks that were in shared buffers.', {
          expr: `${perSecond('pg_stat_database_blks_hit').expr} / (${perSecond('pg_stat_database_blks_hit').expr} + ${perSecond('pg_stat_database_blks_read').expr})`,
          legend,
        }),
        lines(
          'Temporary files',
          'bytes',
          'Per second: sorts that did not fit into work_mem.',
          perSecond('pg_stat_database_temp_bytes'),
        ),
        lines('Size', 'bytes', 'With indexes and dead rows.', value('pg_database_size_bytes')),
        lines('Dead rows', 'short', 'By table; vacuum removes them.', {
          expr: `sum by (database, relname) (pg_stat_user_tables_n_dead_tup{${ours}})`,
          legend: '{{database}} {{relname}}',
        }),
        numbers('Answers its exporter', 'none', '1 when it does.', {
          expr: `max by (database) (pg_up{${here}})`,
          legend,
        }),
      ],
    },
  ],
};
