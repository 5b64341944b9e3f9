// Measures the image, the idle memory and the start of every component under docker compose, and prints a table:
// npm run images:table            with -- --write: into README.md as well, between its two marks
import { cpus, totalmem } from 'node:os';
import { read } from '../../lab/src/environments/compose/command.ts';
import { withStack } from '../compose/with-stack.ts';
import { idleMemory } from './idle-memory.ts';
import { addedSize } from './image-size.ts';
import { writeIntoReadme } from './readme.ts';
import { startTime } from './start-time.ts';

const IDLE_MS = 15_000;
const STARTS = 5;
const components = ['monolith', 'gateway', 'users', 'threads', 'posts'];
const databases = ['monolith-db', 'users-db', 'threads-db', 'posts-db'];
const base = process.env.NODE_IMAGE ?? 'node:26-trixie-slim';

await withStack(async (stack) => {
  await stack.up();
  const rows: string[] = [];
  const containers = new Map<string, string>();
  for (const service of [...components, ...databases]) {
    containers.set(service, await stack.compose('ps', '--quiet', service));
  }
  const memory = await idleMemory([...containers.values()], IDLE_MS);
  for (const [service, container] of containers) {
    const starts = await startTimes(container, databases.includes(service));
    const cells = [
      service,
      ...(await sizes(service)),
      megabytes(memory.get(container) ?? 0),
      ms(median(starts)),
    ];
    rows.push(`| ${cells.join(' | ')} |`);
  }
  const table = [...(await head()), ...rows].join('\n');
  process.stdout.write(`${table}\n`);
  if (process.argv.includes('--write')) await writeIntoReadme(table);
});

async function startTimes(container: string, isDatabase: boolean): Promise<number[]> {
  const times: number[] = [];
  while (times.length < STARTS) times.push(await startTime(container, isDatabase));
  return times;
}

async function sizes(service: string): Promise<string[]> {
  if (databases.includes(service)) return ['–', '–'];
  const { bytes, compressedBytes } = await addedSize(`cleave/${service}:local`, base);
  return [megabytes(bytes), megabytes(compressedBytes)];
}

async function head(): Promise<string[]> {
  const baseBytes = Number(await read('docker', ['image', 'inspect', '--format', '{{.Size}}', base]));
  const engine = await read('docker', ['version', '--format', '{{.Server.Version}}']);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  return [
    `Sizes are above the layers of \`${base}\` (${megabytes(baseBytes)} MB here); 1 MB is 1,000,000 bytes. Memory ` +
      `after ${IDLE_MS / 1_000} s without a request. Start: the median of ${STARTS}, from process to ready, within the ` +
      `limits of \`deploy/compose/\`, on ${machine}, Docker ${engine}.`,
    '',
    '| component | image, MB | compressed, MB | idle memory, MB | start to ready, ms |',
    '|---|---:|---:|---:|---:|',
  ];
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}

function ms(time: number): string {
  return Math.round(time).toLocaleString('en');
}
