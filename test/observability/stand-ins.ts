// Images that stand in for those that cannot be pulled.
import { read } from '../../lab/src/environments/compose/command.ts';

const exporter = `FROM debian:trixie-slim
RUN apt-get update && apt-get install --yes --no-install-recommends prometheus-postgres-exporter
ENTRYPOINT ["/usr/bin/prometheus-postgres-exporter"]
`;

/** Writes what it is sent to its log, a line for each batch: no Jaeger, but at its place. */
const receiver = `
  require('node:http').createServer((req, res) => {
    const body = [];
    req.on('data', (chunk) => body.push(chunk)).on('end', () => {
      console.log(req.url, Buffer.concat(body).toString('base64'));
      res.end();
    });
  }).listen(4318)`;
const collector = `FROM ${process.env.NODE_IMAGE ?? 'node:26-trixie-slim'}
USER 1000:1000
ENTRYPOINT ${JSON.stringify(['node', '--eval', receiver.replaceAll('\n', ' '), '--'])}
`;

/** Builds an exporter from Debian's package. @returns the image's name */
export const buildExporter = (signal: AbortSignal): Promise<string> =>
  build('postgres-exporter', exporter, signal);

/** Builds a receiver of OTLP over HTTP. @returns the image's name */
export const buildCollector = (signal: AbortSignal): Promise<string> => build('collector', collector, signal);

async function build(name: string, input: string, signal: AbortSignal): Promise<string> {
  const image = `cleave-test/${name}:local`;
  await read('docker', ['build', '--quiet', '--tag', image, '-'], { input, signal });
  return image;
}
