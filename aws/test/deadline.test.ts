import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createClients } from '../src/clients.ts';
import type { Site } from '../src/site.ts';
import { withDeadline } from '../src/stacks/cancel-update.ts';

const answers = {
  done: [
    200,
    '<CancelUpdateStackResponse><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></CancelUpdateStackResponse>',
  ],
  over: [
    400,
    '<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>CancelUpdateStack cannot be called from current stack status</Message></Error><RequestId>1</RequestId></ErrorResponse>',
  ],
} as const;

describe('a deployment with a deadline', () => {
  let asked: string[] = [];
  let answer: keyof typeof answers = 'done';
  let onAsked = (): void => undefined;
  const said: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(new URLSearchParams(await text(request)).get('Action') ?? '');
    const [status, body] = answers[answer];
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    onAsked();
  });
  const site = (): Site => ({
    name: 'cleave',
    clients: createClients(true),
    emulated: true,
    peers: '',
    lookMs: 1,
    say: (line) => said.push(line),
  });

  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no address');
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${address.port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    });
  });
  beforeEach(() => {
    asked = [];
    onAsked = () => undefined;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  it('is left alone when it is over in time', async () => {
    assert.equal(await withDeadline(site(), 'service-users', 3_600, Promise.resolve('done')), 'done');
    assert.equal(await withDeadline(site(), 'service-users', undefined, Promise.resolve('done')), 'done');
    assert.deepEqual(asked, []);
  });

  it('is cancelled when it is late, and its own end is what counts', async () => {
    answer = 'done';
    const rolledBack = new Promise((_, reject) => {
      onAsked = () => reject(new Error('UPDATE_ROLLBACK_COMPLETE'));
    });
    await assert.rejects(
      withDeadline(site(), 'service-users', 0.001, rolledBack),
      /UPDATE_ROLLBACK_COMPLETE/,
    );
    assert.deepEqual(asked, ['CancelUpdateStack']);
    assert.match(said.join(), /service-users does not serve after/);
  });

  it('may end in the moment in which it is cancelled', async () => {
    answer = 'over';
    const ended = new Promise<string>((resolve) => {
      onAsked = () => resolve('done');
    });
    assert.equal(await withDeadline(site(), 'service-users', 0.001, ended), 'done');
  });
});
