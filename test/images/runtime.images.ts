// How the images run where they may do nothing: as they are told to in every deployment of this repository.
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { read } from '../../lab/src/environments/compose/command.ts';
import { until } from '../support/until.ts';
import { type Component, components, imageOf, runIn } from './built.ts';

const routes = fileURLToPath(new URL('../../deploy/compose/gateway', import.meta.url));

/** Nothing may be written, nothing is allowed, and there is not one program besides Node: no shell, no coreutils. */
const confined = [
  '--read-only',
  '--cap-drop=ALL',
  '--security-opt=no-new-privileges',
  '--tmpfs=/usr/bin:ro',
  '--tmpfs=/usr/sbin:ro',
];

const nowhere = 'postgres://nobody:none@127.0.0.1:1/none';
const variables: Record<Component, string[]> = {
  gateway: ['ROUTES_FILE=/routes/routes.json'],
  monolith: [`DATABASE_URL=${nowhere}`, 'DATABASE_POOL=1'],
  users: [`DATABASE_URL=${nowhere}`, 'DATABASE_POOL=1'],
  threads: [
    `DATABASE_URL=${nowhere}`,
    'DATABASE_POOL=1',
    'USERS_URL=http://users:1',
    'POSTS_URL=http://posts:1',
  ],
  posts: [
    `DATABASE_URL=${nowhere}`,
    'DATABASE_POOL=1',
    'USERS_URL=http://users:1',
    'THREADS_URL=http://threads:1',
  ],
};

const start = async (t: TestContext, component: Component, ...options: string[]): Promise<string> => {
  const env = variables[component].map((variable) => `--env=${variable}`);
  const volume = `--volume=${routes}:/routes:ro`;
  const args = [
    'run',
    '--detach',
    '--network=none',
    volume,
    ...env,
    ...confined,
    ...options,
    imageOf(component),
  ];
  const container = await read('docker', args);
  t.after(() => read('docker', ['rm', '--force', '--volumes', container]));
  return container;
};

/** Tells at the end what was loaded: how many files of packages, and how many that had types to be taken out. */
const countLoads = `
  import { registerHooks } from 'node:module';
  let packages = 0;
  let typed = 0;
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      if (url.includes('/node_modules/')) packages += 1;
      if (loaded.format?.endsWith('-typescript')) typed += 1;
      return loaded;
    },
  });
  process.on('exit', () => console.log('loaded ' + packages + ' of packages, ' + typed + ' with types'));`;

const ask = (container: string, format: string): Promise<string> =>
  read('docker', ['inspect', `--format=${format}`, container]);

for (const component of components) {
  describe(`the image of ${component}`, () => {
    it('starts and ends in order with nothing writable, no capability and no program but Node', async (t) => {
      const container = await start(t, component);
      await assert.rejects(read('docker', ['exec', container, 'sh', '-c', 'true']));
      const isStarted = async () => (await read('docker', ['logs', container])).includes('"started"');
      await until(`${component} has started`, isStarted, 180);
      await read('docker', ['stop', '--time=20', container]);
      assert.equal(await ask(container, '{{.State.ExitCode}}'), '0');
    });

    it('loads no file with types to start, and few of its packages', async (t) => {
      const hook = `data:text/javascript,${encodeURIComponent(countLoads)}`;
      const container = await start(t, component, `--env=NODE_OPTIONS=--import=${hook}`);
      const logs = () => read('docker', ['logs', container]);
      await until(`${component} has started`, async () => (await logs()).includes('"started"'), 180);
      await read('docker', ['stop', '--time=20', container]);
      const [, packages, typed] = /^loaded (\d+) of packages, (\d+) with types$/m.exec(await logs()) ?? [];
      assert.equal(typed, '0');
      assert.ok(Number(packages) > 50 && Number(packages) < 250, `${packages} files of packages`);
    });

    it('lets its program change nothing of itself, even where its file system may be written to', async () => {
      const write = "fs.appendFileSync('src/main.ts', ' ')";
      await assert.rejects(runIn(imageOf(component), write), /EACCES/);
      await assert.rejects(runIn(imageOf(component), write, '--read-only'), /EROFS|EACCES/);
    });
  });
}

describe('the health check of an image', () => {
  it('passes without a shell once the component is ready', async (t) => {
    const container = await start(t, 'gateway');
    const isHealthy = async () => (await ask(container, '{{.State.Health.Status}}')) === 'healthy';
    await until('the gateway is healthy', isHealthy, 180);
  });

  it('fails while the database of a service cannot be reached', async (t) => {
    const container = await start(
      t,
      'users',
      '--health-start-period=1s',
      '--health-interval=1s',
      '--health-retries=1',
    );
    const isUnhealthy = async () => (await ask(container, '{{.State.Health.Status}}')) === 'unhealthy';
    await until('users is unhealthy', isUnhealthy, 180);
  });
});
