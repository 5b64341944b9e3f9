// The templates, judged by tools: npm run test:templates. Needs cfn-lint, checkov and cfn-guard in PATH, and no AWS.
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { run } from '../../aws/src/run.ts';

const templates = globSync('deploy/{ecs,ec2}/*.yaml').sort();
const findings = z.object({
  results: z.object({
    failed_checks: z.array(z.object({ check_id: z.string(), file_path: z.string(), resource: z.string() })),
    skipped_checks: z.array(
      z.object({ check_id: z.string(), check_result: z.object({ suppress_comment: z.string() }) }),
    ),
  }),
});

describe('the templates, for a tool that knows CloudFormation', () => {
  it('are what AWS takes, without an error or a warning (cfn-lint)', async () => {
    assert.ok(templates.length > 10);
    assert.equal(await run('cfn-lint', templates), '');
  });

  it('break no rule of checkov but with a reason beside the resource', async () => {
    const args = ['--directory', 'deploy', '--framework', 'cloudformation', '--compact', '--output', 'json'];
    const answer = await run('checkov', [...args, '--soft-fail', '--quiet']);
    const { failed_checks, skipped_checks } = findings.parse(JSON.parse(answer)).results;
    assert.deepEqual(
      failed_checks.map(({ check_id, file_path, resource }) => `${file_path} ${resource}: ${check_id}`),
      [],
    );
    assert.ok(skipped_checks.every(({ check_result }) => check_result.suppress_comment.length > 5));
  });

  it('keep the promises of deploy/ecs/templates.guard (cfn-guard)', async () => {
    const rules = ['--rules', 'deploy/ecs/templates.guard', '--show-summary', 'fail'];
    const answer = await run('cfn-guard', ['validate', '--data', 'deploy/ecs', ...rules]);
    assert.doesNotMatch(answer, /FAIL/);
  });
});
