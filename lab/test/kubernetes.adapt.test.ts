import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { allTopologies } from '../src/environments/environment.ts';
import { adapt } from '../src/environments/kubernetes/adapt.ts';
import { budgetOf } from '../src/environments/kubernetes/budgets.ts';
import { asWorkload, type KubernetesObject } from '../src/environments/kubernetes/objects.ts';
import { readPod } from '../src/environments/kubernetes/pods.ts';
import { groupsIn } from '../src/environments/kubernetes/usage.ts';
import { layouts } from '../src/environments/layout.ts';

const workload = (kind: string, name: string, image: string): KubernetesObject => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name, labels: { 'app.kubernetes.io/name': name } },
  spec: {
    replicas: 2,
    template: {
      metadata: { labels: { 'app.kubernetes.io/name': name } },
      spec: {
        nodeSelector: { 'cleave/databases': 'here' },
        containers: [
          {
            name: 'main',
            image,
            env: [{ name: 'LOG_LEVEL', value: 'info' }],
            resources: { limits: { cpu: '9' } },
          },
        ],
      },
    },
  },
});
const as = {
  topology: 'microservices',
  tag: 'of-the-lab',
  logLevel: 'warn',
  tokens: { monolith: 'm', gateway: 'g', users: 'u', threads: 't', posts: 'p' },
  databaseNode: 'first',
} as const;
const adapted = (object: KubernetesObject) => {
  const [found] = adapt([object], as);
  const changed = found && asWorkload(found);
  assert.ok(changed);
  return {
    ...changed.spec,
    pods: changed.spec.template.spec,
    main: changed.spec.template.spec.containers[0],
  };
};

describe('the manifests as the lab takes them', () => {
  it('run the image, the replicas and the variables of the lab, within its budget', () => {
    const { replicas, main } = adapted(workload('Deployment', 'posts', 'cleave/posts:1.0'));
    assert.equal(replicas, 1);
    assert.equal(main?.image, 'cleave/posts:of-the-lab');
    assert.deepEqual(main?.resources?.limits, { cpu: '500m', memory: '256Mi' });
    const env = Object.fromEntries((main?.env ?? []).map(({ name, value }) => [name, value]));
    assert.deepEqual(env, {
      LOG_LEVEL: 'warn',
      FAULTS: 'on',
      CONTROL_PORT: '9091',
      CONTROL_TOKEN: 'p',
      DATABASE_POOL: '4',
    });
  });

  it('put databases on one node, with their own image', () => {
    const { pods, main } = adapted(workload('StatefulSet', 'posts-db', 'postgres:18-trixie'));
    assert.deepEqual(pods.nodeSelector, { 'kubernetes.io/hostname': 'first' });
    assert.equal(main?.image, 'postgres:18-trixie');
  });

  it('leave migrations as they are, but for the image', () => {
    const { replicas, main } = adapted(workload('Job', 'posts-migrate', 'cleave/posts:1.0'));
    assert.equal(replicas, 2);
    assert.equal(main?.image, 'cleave/posts:of-the-lab');
    assert.deepEqual(main?.resources?.limits, { cpu: '9' });
  });

  for (const topology of allTopologies) {
    it(`have the same budget in ${topology} as in every other topology`, () => {
      const { services, databases } = layouts[topology];
      const code = services.map(({ name, replicas }) => {
        const { cpus, mebibytes } = budgetOf(topology, name);
        return [replicas * cpus, replicas * mebibytes];
      });
      const data = databases.map((name) => Object.values(budgetOf(topology, name)));
      const sum = (pairs: number[][], at: number) =>
        pairs.reduce((total, pair) => total + (pair[at] ?? 0), 0);
      assert.deepEqual([sum(code, 0), sum(code, 1)], [2, 1_024]);
      assert.deepEqual([sum(data, 0), sum(data, 1)], [1.5, 768]);
    });
  }
});

describe('a pod', () => {
  it('is read with what its container does and did', () => {
    const pod = readPod({
      metadata: {
        name: 'posts-1',
        creationTimestamp: '2026-01-01T00:00:00Z',
        labels: { 'app.kubernetes.io/name': 'posts' },
      },
      spec: { nodeName: 'node2', containers: [{ name: 'component', image: 'cleave/posts:local' }] },
      status: {
        podIP: '10.0.0.1',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [
          {
            name: 'component',
            containerID: 'containerd://abc',
            restartCount: 2,
            lastState: { terminated: { reason: 'OOMKilled' } },
          },
        ],
      },
    });
    assert.deepEqual(pod.container, { name: 'component', id: 'abc' });
    assert.deepEqual([pod.isReady, pod.isEnding, pod.restarts, pod.lastEnd], [true, false, 2, 'OOMKilled']);
  });
});

describe('the groups of a process', () => {
  it('are folders of the first version by controller', () => {
    const groups = groupsIn('4:memory:/kubepods/a\n2:cpu,cpuacct:/kubepods/a\n0::/kubepods/a\n');
    assert.equal(groups.get('memory'), '/sys/fs/cgroup/memory/kubepods/a');
    assert.equal(groups.get('cpuacct'), '/sys/fs/cgroup/cpuacct/kubepods/a');
  });

  it('are one folder of the second', () => {
    assert.equal(groupsIn('0::/kubepods.slice/a\n').get(''), '/sys/fs/cgroup/kubepods.slice/a');
  });
});
