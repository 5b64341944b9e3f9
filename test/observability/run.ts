// Brings both topologies up with their metrics and traces in a compose project of its own, puts traffic on them, runs
// the checks of this folder, and removes it:  npm run test:observability
// Prometheus and the exporter are real: PROMETHEUS_IMAGE and POSTGRES_EXPORTER_IMAGE name their images; without the
// latter one is built from Debian's package. Grafana is left out, and a receiver of spans stands where Jaeger would be.
import { withStack } from '../../deploy/compose/with-stack.ts';
import { show } from '../../lab/src/environments/compose/command.ts';
import { choosePorts } from '../../lab/src/environments/ports.ts';
import { buildCollector, buildExporter } from './stand-ins.ts';

const parts = ['monolith', 'gateway', 'prometheus', 'jaeger'];
const exporters = ['monolith', 'users', 'threads', 'posts'].map((name) => `${name}-db-exporter`);

await withStack(async (stack, signal) => {
  process.stdout.write('Building what stands in ...\n');
  const [prometheusPort, jaegerPort] = await choosePorts([{}, {}]);
  const images = {
    PROMETHEUS_IMAGE: process.env.PROMETHEUS_IMAGE ?? 'prom/prometheus:latest',
    POSTGRES_EXPORTER_IMAGE: process.env.POSTGRES_EXPORTER_IMAGE ?? (await buildExporter(signal)),
    JAEGER_IMAGE: await buildCollector(signal),
  };
  // for every docker compose from here on, also the one that removes it all
  Object.assign(process.env, stack.env, images, {
    PROMETHEUS_PORT: String(prometheusPort),
    JAEGER_PORT: String(jaegerPort),
    COMPOSE_PROFILES: 'observability,tracing',
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger:4318',
    HEALTH_START: '10m', // on a busy machine a database takes more than a minute
  });
  process.stdout.write('Starting both topologies with their metrics and traces ...\n');
  await stack.up(...parts, ...exporters);
  const env = {
    MONOLITH_URL: stack.monolithUrl,
    MICROSERVICES_URL: stack.microservicesUrl,
    PROMETHEUS_URL: `http://127.0.0.1:${prometheusPort}`,
    JAEGER_URL: `http://127.0.0.1:${jaegerPort}`,
  };
  const checks = ['traces', 'metrics'].map((name) => `test/observability/${name}.compose.ts`);
  const status = await show('node', ['--test', '--test-concurrency=1', ...checks], { env, signal });
  if (status !== 0) process.exitCode = 1;
});
