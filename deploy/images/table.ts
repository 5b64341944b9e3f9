import { cpus, totalmem } from 'node:os';
import { read } from '../../lab/src/environments/compose/command.ts';
import { wholeSize } from './image-size.ts';
import { IDLE_MS, STARTS, type Weight } from './measure.ts';

const heads = ['component', 'layers', 'image, MB', 'compressed, MB', 'idle memory, MB', 'start to ready, ms'];

/** The table in Markdown, after a sentence that says what its figures are. */
export async function weightTable(weights: readonly Weight[], base: string): Promise<string> {
  const rows = weights.map(({ component, image, idleBytes, startMs }) => [
    component,
    image === null ? '–' : String(image.layers),
    image === null ? '–' : megabytes(image.bytes),
    image === null ? '–' : megabytes(image.compressedBytes),
    megabytes(idleBytes),
    Math.round(startMs).toLocaleString('en'),
  ]);
  const lines = [heads, heads.map((_, index) => (index === 0 ? '---' : '---:')), ...rows];
  return [await explanation(base), '', ...lines.map((cells) => `| ${cells.join(' | ')} |`)].join('\n');
}

async function explanation(base: string): Promise<string> {
  const { bytes, compressedBytes } = await wholeSize(base);
  const engine = await read('docker', ['version', '--format', '{{.Server.Version}}']);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  return (
    `Layers and sizes are above those of \`${base}\` (${megabytes(bytes)} MB here, ${megabytes(compressedBytes)} MB ` +
    'compressed); 1 MB is 1,000,000 bytes. ' +
    `Memory after ${IDLE_MS / 1_000} s without a request. Start: the median of ${STARTS}, from process to ready, ` +
    `within the limits of \`deploy/compose/\`, on ${machine}, Docker ${engine}.`
  );
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);
