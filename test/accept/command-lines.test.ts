import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';

const run = (program: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [`lab/src/${program}.ts`, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
};

describe('the command lines for platforms', () => {
  for (const program of ['accept', 'rollout', 'scale']) {
    it(`${program} explains itself, with examples`, () => {
      const { status, stdout } = run(program, '--help');
      assert.equal(status, 0);
      assert.match(stdout, /Examples?:\n {2}npm run/);
    });
  }

  it('accept refuses a platform and a check that it does not have', () => {
    assert.equal(run('accept', '--env', 'nomad').status, 2);
    const { status, stderr } = run('accept', '--env', 'compose', '--check', 'luck');
    assert.equal(status, 2);
    assert.match(stderr, /Choose from contract, scale, rollout/);
  });

  it('accept prints what there is without a platform', () => {
    const out = mkdtempSync(join(tmpdir(), 'cleave-accept-'));
    const { status, stdout } = run('accept', '--out', out);
    rmSync(out, { recursive: true });
    assert.equal(status, 0);
    assert.match(stdout, /^There are no results in /);
  });

  it('rollout wants to know where to, and one of the two ways only', () => {
    const where = ['--env', 'compose', '--component', 'posts'];
    for (const order of [[], ['--to', 'next', '--back'], ['--to', 'not a tag']]) {
      assert.equal(run('rollout', ...where, ...order).status, 2, order.join(' '));
    }
    assert.equal(run('rollout', '--env', 'compose', '--component', 'mail', '--back').status, 2);
  });

  it('scale wants a component behind the gateway and at least one replica', () => {
    assert.equal(run('scale', 'gateway', '2').status, 2);
    assert.equal(run('scale', 'posts', '0').status, 2);
  });
});
