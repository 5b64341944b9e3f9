import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describe, it } from 'node:test';
import { createLog } from '@cleave/kit/log';
import { withRequestContext } from '@cleave/kit/request-context';
import { portOf } from '@cleave/kit/server';

function logTo(lines: string[], level = 'info') {
  return createLog(
    'posts',
    { INSTANCE: 'posts-1', LOG_LEVEL: level },
    { write: (line) => void lines.push(line) },
  );
}

describe('a log line', () => {
  it('is one JSON object that says which component and instance wrote it', () => {
    const lines: string[] = [];
    logTo(lines).info({ answer: 42 }, 'said');
    assert.equal(lines.length, 1);
    const { component, instance, msg, answer, level } = JSON.parse(lines[0] ?? '');
    assert.deepEqual(
      { component, instance, msg, answer, level },
      { component: 'posts', instance: 'posts-1', msg: 'said', answer: 42, level: 30 },
    );
  });

  it('has no member whose name tells a secret, at the top or one below', () => {
    const lines: string[] = [];
    const secret = {
      password: 's3cret',
      authorization: 'Bearer s3cret',
      connectionString: 's3cret',
      token: 's3cret',
    };
    logTo(lines).info({ ...secret, config: secret, headers: secret }, 'said');
    assert.match(lines[0] ?? '', /said/);
    assert.doesNotMatch(lines[0] ?? '', /s3cret/);
  });

  it('carries the id of the request that is being served', async (t) => {
    const lines: string[] = [];
    const log = logTo(lines);
    const server = createServer((req, res) =>
      withRequestContext(req, async () => {
        await new Promise(setImmediate);
        log.info('served');
        res.end();
      }),
    ).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    await fetch(`http://127.0.0.1:${portOf(server)}`, { headers: { 'x-request-id': 'r-1' } });
    log.info('alone');
    const ids = lines.map((line) => JSON.parse(line).requestId);
    assert.deepEqual(ids, ['r-1', undefined]);
  });
});
