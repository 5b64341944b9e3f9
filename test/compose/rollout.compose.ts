// `npm run rollout` and `npm run scale` on a project that was started with `docker compose up`, as a person does.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { read } from '../../lab/src/environments/compose/command.ts';
import { compose } from './containers.ts';
import { during, servedBy } from './requests.ts';

const { CONTRACT_MICROSERVICES_URL: base = '', COMPOSE_PROJECT_NAME: project = '' } = process.env;
const routesFile = 'deploy/compose/gateway/routes.json';
const versions = ['rolled', 'broken'].map((tag) => `cleave/posts:${project}-${tag}`);

const run = (program: string, ...args: string[]): Promise<{ code: number; said: string }> =>
  new Promise((resolve) => {
    const words = [`lab/src/${program}.ts`, ...args, '--project', project];
    execFile(process.execPath, words, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, said: `${stdout}${stderr}` });
    });
  });
const roll = (...order: string[]) => run('rollout', '--env', 'compose', '--component', 'posts', ...order);
const imagesOf = async () =>
  new Set((await compose('ps', '--format', '{{.Image}}', 'posts')).split('\n').filter(Boolean));

describe('a project that somebody started', () => {
  let routes = '';
  before(async () => {
    await compose('up', '--wait');
    routes = await readFile(routesFile, 'utf8');
    const lines = ['ENV CLEAVE_VERSION=next', 'CMD ["node", "--eval", "process.exit(1)"]'];
    for (const [index, line] of lines.entries()) {
      const input = `FROM cleave/posts:local\n${line}\n`;
      await read('docker', ['build', '--quiet', '--tag', versions[index] ?? '', '-'], { input });
    }
  });
  after(async () => {
    await compose('up', '--wait', 'gateway'); // by its files again
    await read('docker', ['image', 'rm', '--force', ...versions]);
  });

  it('is scaled by one command, without a failed request', async () => {
    for (const replicas of [2, 1]) {
      const counts = await during(base, async () => {
        const { code, said } = await run('scale', 'posts', String(replicas));
        assert.equal(code, 0, said);
      });
      assert.deepEqual([...counts.keys()].sort(), [200, 201]);
      assert.equal((await servedBy(`${base}/api/posts`, 20)).size, replicas);
    }
  });

  it('takes a version and goes back, without a failed request', async () => {
    const counts = await during(base, async () => {
      const out = await roll('--to', `${project}-rolled`);
      assert.equal(out.code, 0, out.said);
      assert.deepEqual(await imagesOf(), new Set([versions[0]]));
      const back = await roll('--back');
      assert.equal(back.code, 0, back.said);
    });
    assert.deepEqual(await imagesOf(), new Set(['cleave/posts:local']));
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
  });

  it('keeps what runs when a version does not become ready, and says so', async () => {
    const counts = await during(base, async () => {
      const { code, said } = await roll('--to', `${project}-broken`, '--deadline', '3');
      assert.equal(code, 1);
      assert.match(said, /did not become ready: what ran before serves again/);
    });
    assert.deepEqual(await imagesOf(), new Set(['cleave/posts:local']));
    assert.deepEqual([...counts.keys()].sort(), [200, 201]);
  });

  it('has the routes file that it had', async () => {
    assert.equal(await readFile(routesFile, 'utf8'), routes);
  });

  it('is told in one sentence what cannot be done', async () => {
    const cases = [
      [await roll('--to', 'none-such'), /^There is no image cleave\/posts:none-such here: [^\n]+\n$/],
      [await run('scale', 'monolith', '2'), /^monolith of \S+ owns its port: it has one replica\.\n$/],
    ] as const;
    for (const [{ code, said }, sentence] of cases) {
      assert.equal(code, 1);
      assert.match(said, sentence);
    }
  });
});
