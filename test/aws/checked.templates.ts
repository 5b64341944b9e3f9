// The templates, judged by tools: npm run test:templates. Needs cfn-lint, checkov and cfn-guard in PATH, and no AWS.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';

const templates = globSync('deploy/{ecs,ec2}/*.yaml').sort();
const findings = z.object({
  results: z.object({
    failed_checks: z.array(z.object({ check_id: z.string(), file_path: z.string(), resource: z.string() })),
    skipped_checks: z.array(
      z.object({ check_id: z.string(), check_result: z.object({ suppress_comment: z.string() }) }),
    ),
  }),
});

/** Runs a checker. @returns its exit code and what it printed, which is where all of them say what is wrong */
const judged = (file: string, ...args: string[]): { status: number | null; said: string } => {
  const { status, stdout, stderr, error } = spawnSync(file, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (error) throw error;
  return { status, said: stdout || stderr };
};

describe('the templates, for a tool that knows CloudFormation', () => {
  it('are what AWS takes, without an error or a warning (cfn-lint)', () => {
    assert.ok(templates.length > 10);
    assert.deepEqual(judged('cfn-lint', ...templates), { status: 0, said: '' });
  });

  it('break no rule of checkov but with a reason beside the resource', () => {
    const args = ['--directory', 'deploy', '--framework', 'cloudformation', '--compact', '--output', 'json'];
    const { failed_checks, skipped_checks } = findings.parse(
      JSON.parse(judged('checkov', ...args, '--soft-fail').said),
    ).results;
    assert.deepEqual(
      failed_checks.map(({ check_id, file_path, resource }) => `${file_path} ${resource}: ${check_id}`),
      [],
    );
    assert.ok(skipped_checks.length > 0);
    assert.ok(skipped_checks.every(({ check_result }) => check_result.suppress_comment.length > 5));
  });

  it('keep the promises of deploy/ecs/templates.guard (cfn-guard)', () => {
    const rules = ['--rules', 'deploy/ecs/templates.guard', '--show-summary', 'fail'];
    const { status, said } = judged('cfn-guard', 'validate', '--data', 'deploy/ecs', ...rules);
    assert.equal(status, 0, said);
  });
});
