// The manifests on a cluster, as a reader of docs/kubernetes.md would apply them.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { read } from '../../lab/src/environments/compose/command.ts';
import { kubectl, kubectlIn } from '../../lab/src/environments/kubernetes/kubectl.ts';
import { until } from '../support/until.ts';
import { type OwnOverlay, ownOverlay } from './overlays.ts';
import { nodeIn, reachesFrom, startStranger } from './stranger.ts';

const name = `cleave-manifests-${randomBytes(3).toString('hex')}`;
const inSpace = kubectlIn(name);
const credentials = (folder: string): Promise<string> =>
  read(process.execPath, ['deploy/k8s/credentials.ts', folder]);
const selector = '--selector=app.kubernetes.io/name=';
const podOf = async (component: string): Promise<string> => {
  const running = ['--field-selector=status.phase=Running', '--output=name'];
  const names = await inSpace(['get', 'pods', `${selector}${component}`, ...running]);
  return names.split('\n')[0] ?? '';
};
const sql = (database: string, statement: string): Promise<string> =>
  inSpace(['exec', `${database}-db-0`, '--', 'psql', '-U', 'postgres', '-d', database, '-tAc', statement]);

describe('the microservices on a cluster', () => {
  let own: OwnOverlay;
  before(async () => {
    own = await ownOverlay('deploy/k8s/overlays/test/microservices', name);
    await credentials(own.folder);
    await kubectl(['apply', '-k', own.folder]);
    await inSpace(['wait', '--for=condition=Available', 'deployment', '--all', '--timeout=300s']);
  });
  after(async () => {
    await kubectl(['delete', 'namespace', name, `${name}-stranger`, '--ignore-not-found']);
    await own.remove();
  });

  it('do not change when they are applied again, and nothing differs', async () => {
    const generations = () =>
      inSpace([
        'get',
        'deploy,sts,job,pdb,netpol,svc',
        '--output=jsonpath={range .items[*]}{.metadata.generation} {end}',
      ]);
    const before = await generations();
    const said = await kubectl(['apply', '-k', own.folder]);
    const changed = said.split('\n').filter((line) => !line.endsWith(' unchanged'));
    // kubectl sends a budget's selector each time, and says so although the cluster finds nothing to change
    assert.deepEqual(
      changed.filter((line) => !/^poddisruptionbudget.policy.* configured$/.test(line)),
      [],
    );
    assert.equal(await generations(), before);
    assert.equal(await kubectl(['diff', '-k', own.folder]), '');
  });

  it('get their credentials once', async () => {
    assert.equal(await credentials(own.folder), 'All credentials are there.');
  });

  it('answer through the gateway', async () => {
    const source = `fetch('http://127.0.0.1:8080/api/threads/1/discussion').then((r) => r.text()).then(console.log)`;
    const discussion: unknown = JSON.parse(await nodeIn(name, await podOf('gateway'), source));
    assert.ok(typeof discussion === 'object' && discussion !== null && 'posts' in discussion);
  });

  it('refuse a privileged pod', async () => {
    const container = { name: 'one', image: 'cleave/gateway:local', securityContext: { privileged: true } };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'one' },
      spec: { containers: [container] },
    };
    await assert.rejects(
      inSpace(['create', '--filename', '-'], { input: JSON.stringify(pod) }),
      /violates PodSecurity "restricted/,
    );
  });

  it('have no token, no writable root and no way to write their own code', async () => {
    const source = `
      const fs = require('node:fs');
      const can = (what) => { try { what(); return true; } catch { return false; } };
      console.log(JSON.stringify({
        token: fs.existsSync('/var/run/secrets/kubernetes.io'),
        root: can(() => fs.writeFileSync('/x', '')),
        code: can(() => fs.appendFileSync('src/main.ts', '')),
        user: process.getuid(),
      }));`;
    for (const component of ['gateway', 'users', 'threads', 'posts']) {
      const found: unknown = JSON.parse(await nodeIn(name, await podOf(component), source));
      assert.deepEqual(found, { token: false, root: false, code: false, user: 10001 }, component);
    }
  });

  it('are reached where the design has an edge and nowhere else', async () => {
    const from = async (component: string, host: string, port: number) =>
      reachesFrom(name, await podOf(component), host, port);
    assert.equal(await from('gateway', 'users', 8080), true);
    assert.equal(await from('posts', 'posts-db', 5432), true);
    assert.equal(await from('posts', 'users-db', 5432), false);
    assert.equal(await from('posts', 'users', 9090), false);
    assert.equal(await from('users', 'posts', 8080), false);
    assert.equal(await from('gateway', 'users-db', 5432), false);
    assert.equal(await from('users', '1.1.1.1', 443), false);
    const stranger = await startStranger(`${name}-stranger`);
    assert.equal(await stranger.reaches(`gateway.${name}`, 8080), true);
    assert.equal(await stranger.reaches(`gateway.${name}`, 9090), false);
    assert.equal(await stranger.reaches(`users.${name}`, 8080), false);
    assert.equal(await stranger.reaches(`users-db.${name}`, 5432), false);
  });

  it('wait for the migration of a new version while the old one serves on', async () => {
    const old = await podOf('users');
    const last = await sql('users', 'select max(name) from users.kysely_migration');
    await sql('users', `update users.kysely_migration set name = 'undone' where name = '${last}'`);
    await inSpace(['rollout', 'restart', 'deployment/users']);
    const isWaiting = async (): Promise<boolean> => {
      const waiting = '{.items[?(@.status.initContainerStatuses[0].state.running)].metadata.name}';
      const pod = await inSpace(['get', 'pods', `${selector}users`, `--output=jsonpath=${waiting}`]);
      if (pod === '') return false;
      const log = await inSpace(['logs', pod, '--container=migrated']);
      return log.includes(`users ${last} has not run`);
    };
    await until('the new pod waits', isWaiting, 120);
    assert.equal(await podOf('users'), old);
    await sql('users', `update users.kysely_migration set name = '${last}' where name = 'undone'`);
    await inSpace(['wait', '--for=delete', old, '--timeout=300s']); // it goes when a new one is ready
  });

  it('replace a migration whose image changed by the command of the guide', async () => {
    const replace = () =>
      kubectl(['apply', '-k', own.folder, '--selector=app.kubernetes.io/component=migration', '--force']);
    const job = () => inSpace(['get', 'job/users-migrate', '--output=jsonpath={.metadata.uid}']);
    const before = await job();
    assert.match(await replace(), /job.batch\/users-migrate unchanged/);
    assert.equal(await job(), before);
    await own.tag('users', 'next');
    await replace();
    assert.notEqual(await job(), before);
  });
});
