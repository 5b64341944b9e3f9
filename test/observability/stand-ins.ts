// Images that stand in for those that cannot be pulled.
import { read } from '../../lab/src/environments/compose/command.ts';

const exporter = `FROM debian:trixie-slim
RUN apt-get update && apt-get install --yes --no-install-recommends prometheus-postgres-exporter
ENTRYPOINT ["/usr/bin/prometheus-postgres-exporter"]
`;

/** Keeps the last batches of spans, and gives those with a trace's id at `/<id>`: no Jaeger, but at its place. */
const receiver = `
  const { createServer } = require('node:http');
  const batches = [];
  createServer((req, res) => {
    const body = [];
    req.on('data', (chunk) => body.push(chunk)).on('end', () => {
      batches.push(Buffer.concat(body));
      if (batches.length > 200) batches.shift();
      res.end();
    });
  }).listen(4318);
  createServer((req, res) => {
    const id = Buffer.from(req.url.slice(1), 'hex');
    const found = batches.filter((batch) => batch.includes(id));
    res.end(JSON.stringify(found.map((batch) => batch.toString('base64'))));
  }).listen(16686);`;
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
