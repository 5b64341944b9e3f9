// Runs every command of a guide, in order, as its reader would type them:  node test/guides/run.ts docs/compose.md
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { env } from 'node:process';
import { type Block, blocksOf } from './guide.ts';
import { substitutions } from './substitutions.ts';

const say = (line: string): void => void process.stdout.write(`${line}\n`);
/** The longest that a block may take: creating a cluster is the slowest. */
const blockMs = 10 * 60_000;

const substituted = (guide: string, source: string): string =>
  (substitutions[basename(guide)] ?? []).reduce((text, { text: said, instead, why }) => {
    if (!text.includes(said)) return text;
    say(`   (${said} → ${instead}: ${why})`);
    return text.replaceAll(said, instead);
  }, source);

/** Exported variables and the working folder go on from block to block, as in a reader's shell. */
const inShell = (source: string, folder: string): string => `
  [ ! -e '${folder}/variables' ] || . '${folder}/variables'
  [ ! -e '${folder}/cwd' ] || cd "$(cat '${folder}/cwd')"
  set -euxo pipefail
  ${source}
  { set +x; } 2>/dev/null
  export -p > '${folder}/variables'
  pwd > '${folder}/cwd'
`;

const runBlock = async (
  guide: string,
  { heading, line, source }: Block,
  folder: string,
): Promise<boolean> => {
  say(`\n== ${guide}:${line} (${heading})`);
  const shell = spawn('bash', ['-c', inShell(substituted(guide, source), folder)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: blockMs,
    env,
  });
  const [code] = await once(shell, 'exit');
  if (code !== 0) say(`== ${guide}:${line} failed (exit ${String(code)})`);
  return code === 0;
};

/** @returns how many blocks failed; after the first, only those that clean up are run */
const runGuide = async (guide: string): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'cleave-guide-'));
  await writeFile(join(folder, 'cwd'), process.cwd());
  let failed = 0;
  let done = 0;
  try {
    const blocks = blocksOf(await readFile(guide, 'utf8'));
    for (const block of blocks) {
      if (failed > 0 && !block.isCleanup) continue;
      if (await runBlock(guide, block, folder)) done += 1;
      else failed += 1;
    }
    say(`\n${guide}: ${done} of ${blocks.length} blocks ran${failed > 0 ? `, ${failed} failed` : ''}.`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return failed;
};

const guides = process.argv.slice(2);
if (guides.length === 0) {
  say('Usage: node test/guides/run.ts docs/compose.md [docs/swarm.md ...]');
  process.exitCode = 2;
}
for (const guide of guides) if ((await runGuide(guide)) > 0) process.exitCode = 1;
