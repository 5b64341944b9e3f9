import { Command } from 'commander';
import { CannotStart } from './environments/cannot-start.ts';
import { mainTopologies } from './environments/environment.ts';
import { readLocalConfig } from './environments/local/config.ts';
import { createLocalEnvironment } from './environments/local/local-environment.ts';
import { watchParent } from './environments/local/parent.ts';
import { createProgress } from './start/progress.ts';
import { readyLine, readyPage } from './start/ready.ts';
import { readPagePort } from './web/config.ts';
import { type Page, startPage } from './web/page.ts';

const { json = false, data } = new Command('npm start --')
  .description('Starts the forum in both topologies on this machine, each on its own PostgreSQL.')
  .option('--json', 'print one JSON line when ready, and nothing else')
  .option('--data <dir>', 'keep the data in this folder (default: a temporary one)')
  .addHelpText(
    'after',
    `
Environment:
  MONOLITH_PORT  port of the monolith (3000)
  GATEWAY_PORT   port of the gateway to the microservices (8080)
  PAGE_PORT      port of the page that shows both side by side (any that is free)

Examples:
  npm start                           until Ctrl-C
  npm start -- --data .data           the same data next time; npm run reset removes it
  MONOLITH_PORT=3001 npm start        when something else has port 3000
  npm start --silent -- --json        for a script`,
  )
  .parse()
  .opts<{ json?: true; data?: string }>();

const progress = createProgress(process.stderr, json);

// Whoever reads our output may be gone by now; we still have to stop in order.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

try {
  const started = performance.now();
  const environment = createLocalEnvironment({
    config: readLocalConfig(),
    dataDir: data,
    report: progress.say,
    onReady: progress.ready,
  });
  const pagePort = readPagePort();
  let page: Page | undefined;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    progress.say('Stopping.');
    void Promise.all([page?.close(), environment.down()]).then(() => process.exit());
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  await watchParent(stop);
  try {
    await environment.up(mainTopologies);
    const deployments = mainTopologies.map((topology) => environment.deployment(topology));
    page = await startPage({ deployments, port: pagePort });
    progress.done();
    const seconds = (performance.now() - started) / 1_000;
    console.log(json ? readyLine(environment, page) : readyPage(environment, page, seconds));
  } catch (error) {
    progress.done();
    await environment.down();
    if (!stopping) throw error;
  }
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
