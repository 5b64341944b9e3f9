// Brings both topologies up with their metrics in a compose project of its own, puts traffic on them and runs the
// checks of this folder, then removes it:  npm run test:observability
// Prometheus and the exporter are real. Where their images cannot be pulled, PROMETHEUS_IMAGE and
// POSTGRES_EXPORTER_IMAGE name others; without the latter one is built here from Debian's package. Grafana is left out.
import { withStack } from '../../deploy/compose/with-stack.ts';
import { read, show } from '../../lab/src/environments/compose/command.ts';
import { choosePorts } from '../../lab/src/environments/ports.ts';

const exporterImage = 'cleave-test/postgres-exporter:local';
const exporter = `FROM ${process.env.DEBIAN_IMAGE ?? 'debian:trixie-slim'}
RUN apt-get update && apt-get install --yes --no-install-recommends prometheus-postgres-exporter
ENTRYPOINT ["/usr/bin/prometheus-postgres-exporter"]
`;
const exporters = ['monolith', 'users', 'threads', 'posts'].map((name) => `${name}-db-exporter`);

await withStack(async (stack, signal) => {
  const [prometheusPort] = await choosePorts([{}]);
  const env: Record<string, string> = {
    ...stack.env,
    PROMETHEUS_PORT: String(prometheusPort),
    PROMETHEUS_IMAGE: process.env.PROMETHEUS_IMAGE ?? 'prom/prometheus:latest',
    POSTGRES_EXPORTER_IMAGE: process.env.POSTGRES_EXPORTER_IMAGE ?? exporterImage,
  };
  if (env.POSTGRES_EXPORTER_IMAGE === exporterImage) {
    process.stdout.write('Building an image of the exporter ...\n');
    await read('docker', ['build', '--quiet', '--tag', exporterImage, '-'], { input: exporter, signal });
  }
  // for every docker compose from here on, also the one that removes it all
  Object.assign(process.env, env, { COMPOSE_PROFILES: 'observability' });
  process.stdout.write('Starting both topologies with their metrics ...\n');
  await stack.up('monolith', 'gateway', 'prometheus', ...exporters);
  const checks = { MONOLITH_URL: stack.monolithUrl, MICROSERVICES_URL: stack.microservicesUrl };
  const prometheus = { PROMETHEUS_URL: `http://127.0.0.1:${prometheusPort}` };
  const status = await show('node', ['--test', 'test/observability/metrics.compose.ts'], {
    env: { ...env, ...checks, ...prometheus },
    signal,
  });
  if (status !== 0) process.exitCode = 1;
});
