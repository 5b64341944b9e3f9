import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as errors from '@cleave/kit/errors';
import { HttpProblem, problemBody, toHttpProblem } from '@cleave/kit/problem';

describe('a problem', () => {
  it('has the status of its error, and its words', () => {
    const statuses = new Map<Error, number>([
      [new errors.Malformed('m'), 400],
      [new errors.NotFound('m'), 404],
      [new errors.Conflict('m'), 409],
      [new errors.PayloadTooLarge('m'), 413],
      [new errors.UnsupportedMediaType('m'), 415],
      [new errors.Unprocessable('m'), 422],
      [new errors.Unavailable('m'), 503],
      [new errors.TooSlow('m'), 504],
    ]);
    for (const [error, status] of statuses) {
      const problem = toHttpProblem(error);
      assert.deepEqual([problem.status, problem.message], [status, 'm']);
      assert.equal('retry-after' in problem.headers, status === 503);
    }
  });

  it('tells nothing of an error that is not known', () => {
    for (const error of [
      new Error('password s3cret'),
      new TypeError('s3cret'),
      's3cret',
      undefined,
      { status: 404 },
    ]) {
      const problem = toHttpProblem(error);
      assert.equal(problem.status, 500);
      assert.doesNotMatch(problem.message, /s3cret/);
    }
  });

  it('is passed on as it is when it is known already', () => {
    const problem = new HttpProblem(405, 'no', { allow: 'GET' });
    assert.equal(toHttpProblem(problem), problem);
  });

  it('is written with its members in one order, without an instance where no path was read', () => {
    const whole =
      '{"type":"about:blank","title":"Not Found","status":404,"detail":"d","instance":"/x","requestId":"r"}';
    assert.equal(problemBody(404, 'd', 'r', '/x'), whole);
    assert.equal(problemBody(404, 'd', 'r'), whole.replace('"instance":"/x",', ''));
  });
});
