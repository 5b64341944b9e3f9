// `npm run images`: builds the images of all components, tells what is in them, and pushes them.
import { Command, CommanderError } from 'commander';
import { platforms, registry, tag } from './arguments.ts';
import { type BuildAsked, build, change, table } from './commands.ts';

const interrupted = new AbortController();
process.once('SIGINT', () => interrupted.abort()).once('SIGTERM', () => interrupted.abort());
const { signal } = interrupted;
const base = process.env.NODE_IMAGE ?? 'node:26-trixie-slim';

const program = new Command('npm run images --')
  .description(
    'Builds the images of all components in parallel, and writes beside each what is in it (SBOM).',
  )
  .exitOverride()
  .enablePositionalOptions() // so that `change --push` is not taken for the option above
  .argument('[components...]', 'only these: monolith, gateway, users, threads, posts')
  .option('--tag <tag>', 'of the images', tag, 'local')
  .option('--push <registry>', 'push them there too, one repository a component', registry)
  .option(
    '--platform <list>',
    'linux/amd64,linux/arm64, by a builder that can; without it the own one',
    platforms,
  )
  .option('--sbom <folder>', 'where the SBOMs go, as CycloneDX', 'out/images')
  .option('--json', 'what was built as JSON on stdout, and no progress')
  .addHelpText(
    'after',
    `
Examples:
  npm run images
  npm run images -- posts --tag 1.4.0
  npm run images -- --tag 1.4.0 --push localhost:5000
  npm run images -- --platform linux/amd64,linux/arm64 --push localhost:5000
  npm run images -- change --push localhost:5000
  npm run images -- table --write`,
  )
  .action((components: string[], asked: BuildAsked) => build(components, asked, signal));

program
  .command('change')
  .description('changes one line of posts in a copy of the sources, and shows what is rebuilt and pushed')
  .option('--push <registry>', 'push before and after, and count what is sent', registry)
  .option('--json', 'as JSON on stdout, and no progress')
  .action((asked: { push?: string; json?: true }) => change(asked, signal));

program
  .command('table')
  .description(
    'layers and compressed size, idle memory and time to ready of every component, under docker compose',
  )
  .option('--write', 'into README.md too, between its two marks')
  .option('--json', 'as JSON on stdout, and no progress')
  .action((asked: { write?: true; json?: true }) => table(asked, base));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    process.stderr.write(
      signal.aborted ? 'Interrupted.\n' : `${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  }
}
