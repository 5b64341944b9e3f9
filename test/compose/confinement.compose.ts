import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { components, compose, databases, inside, inspect } from './containers.ts';

const running = [...components, ...databases];

describe('a container', () => {
  for (const service of running) {
    it(`runs ${service} as an ordinary user without a single capability`, async () => {
      const status = await inside(service, 'cat', '/proc/1/status');
      const field = (name: string) => new RegExp(`^${name}:\\s+(\\S+)`, 'm').exec(status)?.[1];
      assert.equal(field('Uid'), databases.includes(service) ? '999' : '1000');
      assert.equal(field('CapEff'), '0000000000000000');
      assert.equal(field('CapBnd'), '0000000000000000');
      assert.equal(field('NoNewPrivs'), '1');
    });
  }

  for (const service of running) {
    it(`lets ${service} write nothing into its image`, async () => {
      // a place that the user may write to by its permissions
      await assert.rejects(inside(service, 'touch', '/var/tmp/written'), /Read-only file system/);
    });
  }

  for (const service of running) {
    it(`has limits for ${service}`, async () => {
      const limits = await inspect(service, '{{.HostConfig.NanoCpus}} {{.HostConfig.Memory}}');
      assert.doesNotMatch(limits, /^0 | 0$/);
    });
  }

  it('holds no tests, no development dependencies and no other component', async () => {
    const packages = await inside('users', 'ls', '/app', '/app/services', '/app/node_modules');
    for (const stranger of ['typescript', 'node', 'http-proxy', 'threads', 'gateway', 'lab', 'test']) {
      assert.doesNotMatch(packages, new RegExp(`^${stranger}$`, 'm'));
    }
  });
});

describe('the two topologies', () => {
  it('have the same CPU, memory and database connections in total', async () => {
    const budget = async (services: string[]) => {
      const lines = await Promise.all(
        services.map((service) => inspect(service, '{{.HostConfig.NanoCpus}} {{.HostConfig.Memory}}')),
      );
      const limits = lines.map((line) => line.split(' ').map(Number));
      return [0, 1].map((index) => limits.reduce((sum, pair) => sum + (pair[index] ?? 0), 0));
    };
    const connections = async (services: string[]) => {
      const pools = await Promise.all(
        services.map((service) => inside(service, 'printenv', 'DATABASE_POOL')),
      );
      return pools.map(Number).reduce((sum, pool) => sum + pool, 0);
    };
    assert.deepEqual(await budget(['monolith']), await budget(['gateway', 'users', 'threads', 'posts']));
    assert.deepEqual(await budget(['monolith-db']), await budget(['users-db', 'threads-db', 'posts-db']));
    assert.equal(await connections(['monolith']), await connections(['users', 'threads', 'posts']));
  });

  it('publish one port each, on this machine only', async () => {
    const published = await compose('ps', '--format', '{{.Service}} {{.Ports}}');
    const lines = published.split('\n').filter((line) => line.includes('->'));
    assert.deepEqual(lines.map((line) => line.split(' ')[0]).sort(), ['gateway', 'monolith']);
    for (const line of lines) assert.equal(line.match(/127\.0\.0\.1:\d+->8080\/tcp/g)?.length, 1, line);
    assert.doesNotMatch(published, /0\.0\.0\.0:|\[?::\]?:\d+->/);
  });
});
