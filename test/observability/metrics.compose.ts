// Run by run.ts, which tells in the environment where all of it is.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { read } from '../../lab/src/environments/compose/command.ts';
import { compose, script } from '../compose/containers.ts';
import { until } from '../support/until.ts';
import { dashboardQueries, readAlerts } from './expressions.ts';
import { askPrometheus } from './prometheus.ts';
import { startTraffic, type Traffic } from './traffic.ts';

const { MONOLITH_URL, MICROSERVICES_URL, PROMETHEUS_URL, PROMETHEUS_IMAGE } = z
  .object({
    MONOLITH_URL: z.url(),
    MICROSERVICES_URL: z.url(),
    PROMETHEUS_URL: z.url(),
    PROMETHEUS_IMAGE: z.string(),
  })
  .parse(process.env);
const prometheus = askPrometheus(PROMETHEUS_URL);
const patience = 90; // s; scrapes are 5 s apart, rates need some of them, and the machine may be busy

/** The traffic that all of it is about; what fails in it shows in the metrics. */
let traffic: Traffic;
before(() => {
  traffic = startTraffic([MONOLITH_URL, MICROSERVICES_URL]);
});
after(async () => {
  await traffic.stop();
  await compose('up', '--detach', '--wait', '--no-recreate', 'posts'); // one of it, as it was
});

const noSeries = async (queries: { where: string; expr: string }[]): Promise<string[]> => {
  const missing: string[] = [];
  for (const { where, expr } of queries) {
    if ((await prometheus.range(expr, 300)).length === 0) missing.push(`${where}: ${expr}`);
  }
  return missing;
};

describe('Prometheus', () => {
  it('scrapes every component and every database, and nothing in vain', async () => {
    await until(
      'all targets are healthy',
      async () => {
        const targets = await prometheus.targets();
        return targets.length === 10 && targets.every(({ health }) => health === 'up');
      },
      patience,
    );
    const names = (await prometheus.targets()).map(({ labels }) =>
      [labels.job, labels.topology, labels.component ?? labels.database].filter(Boolean).join(' '),
    );
    assert.deepEqual(names.sort(), [
      'cleave microservices gateway',
      'cleave microservices posts',
      'cleave microservices threads',
      'cleave microservices users',
      'cleave monolith monolith',
      'postgresql microservices posts-db',
      'postgresql microservices threads-db',
      'postgresql microservices users-db',
      'postgresql monolith monolith-db',
      'prometheus',
    ]);
  });

  it('finds a replica that is added', async () => {
    await compose('up', '--detach', '--wait', '--no-recreate', '--scale', 'posts=2', 'posts');
    const replicas = async () => (await prometheus.now('up{job="cleave", component="posts"} == 1')).length;
    await until('both are scraped', async () => (await replicas()) === 2, patience);
  });
});

describe('the admin ports and Prometheus', () => {
  /** Of `address` (`host:port`), asked from inside a component: the status, or `none`. */
  const answerTo = (component: string, address: string): Promise<string> =>
    script(
      component,
      `const status = await fetch('http://${address}/metrics', { signal: AbortSignal.timeout(20000) })
        .then(({ status }) => status, () => 'none');
      process.stdout.write(String(status));`,
    );

  it('cannot be reached by a peer, under any name', async () => {
    for (const address of [
      'users:9090',
      'threads:9090',
      'gateway:9090',
      'users-admin:9090',
      'monolith-admin:9090',
    ]) {
      assert.equal(await answerTo('posts', address), 'none', address);
    }
    assert.equal(await answerTo('posts', 'users:8080'), '404', 'the traffic port is there, without metrics');
    assert.equal(await answerTo('gateway', 'users:9090'), 'none');
  });

  it('cannot be reached by a component that they ask', async () => {
    for (const name of ['prometheus', 'prometheus-web']) {
      assert.equal(await answerTo('users', `${name}:9090`), 'none', name);
      assert.equal(await answerTo('gateway', `${name}:9090`), 'none', name);
    }
  });

  it('are where the exporters are, which can read no row of a table', async () => {
    const sql = `set role monitor; select count(*) from users.users`;
    const asMonitor = compose(
      'exec',
      '-T',
      'users-db',
      'psql',
      '--username=postgres',
      'users',
      '--command',
      sql,
    );
    await assert.rejects(asMonitor, /permission denied/);
  });
});

describe('the rules', () => {
  const promtool = (...args: string[]) => {
    const rules = new URL('../../deploy/observability/prometheus', import.meta.url).pathname;
    const run = ['run', '--rm', '--network=none', '--volume', `${rules}:/rules:ro`, '--workdir=/rules'];
    return read('docker', [...run, '--entrypoint=promtool', PROMETHEUS_IMAGE, ...args]);
  };

  it('and the configuration are valid', async () => {
    await promtool('check', 'config', 'prometheus.yaml');
    await promtool('check', 'rules', 'alerts.yaml');
  });

  it('fire when they should, by the unit tests beside them', async () => {
    await promtool('test', 'rules', 'alerts.test.yaml');
  });
});

describe('under traffic', () => {
  it('nothing is said to be gone', async () => {
    const missed = ['ComponentIsGone', 'ReplicaDoesNotAnswer', 'DatabaseDoesNotAnswer', 'CircuitIsOpen'];
    const firing = await prometheus.firing();
    assert.deepEqual(
      firing.filter(({ alertname = '' }) => missed.includes(alertname)),
      [],
    );
  });

  const fires = (alert: string) => async () =>
    (await prometheus.firing()).some(({ alertname }) => alertname === alert);

  it('a replica that stands still shows as retries and as an open circuit', async () => {
    const [replica = ''] = (await compose('ps', '--quiet', 'posts')).split('\n');
    await read('docker', ['kill', '--signal=STOP', replica]);
    try {
      const retried = 'sum(gateway_retries_total{upstream="posts"}) > 0';
      await until('it is told of', async () => (await prometheus.now(retried)).length > 0, patience);
      await until('the circuit is told of', fires('CircuitIsOpen'), patience);
    } finally {
      await read('docker', ['kill', '--signal=CONT', replica]);
    }
  });

  it('a component that is gone pages somebody, and so do the requests that fail', async () => {
    await compose('stop', '--timeout=0', 'posts');
    await until('the missing component is told of', fires('ComponentIsGone'), patience);
    await until('so are the failing requests', fires('RequestsFail'), 2 * patience);
  });

  it('each query of each dashboard has something to show', async () => {
    let missing: string[] = [];
    const shows = async () => {
      missing = await noSeries(dashboardQueries());
      return missing.length === 0;
    };
    await until('every query gives series', shows, patience).catch(() => undefined);
    assert.deepEqual(missing, []);
  });

  it('each alert looks at metrics that there are', async () => {
    const missing: string[] = [];
    for (const { alert, expr } of readAlerts()) {
      for (const selector of await prometheus.selectors(expr)) {
        if ((await prometheus.range(selector, 300)).length === 0) missing.push(`${alert}: ${selector}`);
      }
    }
    assert.deepEqual(missing, []);
  });
});
