import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Stack } from '../src/stacks/stack.ts';
import {
  everyPath,
  routesOf,
  routingStack,
  serviceAt,
  type Targets,
  weightsFor,
} from '../src/traffic/routing.ts';

const stackWith = (targets: Targets, weight: number): Stack => ({
  part: 'routing',
  id: '',
  status: 'CREATE_COMPLETE',
  outputs: {},
  tags: {},
  parameters: routingStack(targets, everyPath(weight)).parameters ?? {},
});
const monolith = { monolith: 'm' };
const services = { users: 'u', threads: 't', posts: 'p' };
const both = { ...monolith, ...services };

describe('routes', () => {
  it('read as they were written', () => {
    const { targets, weights } = routesOf(stackWith(both, 30));
    assert.deepEqual([targets, weights], [both, everyPath(30)]);
  });

  it('give each path two weights that make a hundred', () => {
    const { parameters = {} } = routingStack(both, { users: 10, threads: 50, posts: 100 });
    assert.equal(parameters.UsersToMonolith, '90');
    assert.equal(parameters.PostsToMonolith, '0');
  });

  it('lead no traffic to who joins', () => {
    assert.deepEqual(weightsFor(both, stackWith(monolith, 0)), everyPath(0));
    assert.deepEqual(weightsFor(both, stackWith(services, 100)), everyPath(100));
    assert.deepEqual(weightsFor(monolith, undefined), everyPath(0));
  });

  it('keep their weights while both sides run', () => {
    assert.deepEqual(weightsFor(both, stackWith(both, 50)), everyPath(50));
  });

  it('lead everything to the services when the monolith is gone', () => {
    assert.deepEqual(weightsFor(services, stackWith(both, 50)), everyPath(100));
  });

  it('are three', () => {
    assert.equal(serviceAt('/api/posts'), 'posts');
    assert.throws(() => serviceAt('/api/posts/1'), /none of/);
  });
});
