// `npm run scale`: so many replicas of a component in a compose project. (Swarm and Kubernetes have commands for it.)
import { Argument, Command } from 'commander';
import { scaleTo } from './environments/compose/rollout-command.ts';
import type { ServiceName } from './environments/environment.ts';
import { wholeNumber } from './lab/arguments.ts';
import { endWith } from './lab/end-of-command.ts';

const program = new Command('npm run scale --')
  .description('Adds or removes replicas of a component in a compose project while it serves.')
  .exitOverride()
  .addArgument(
    new Argument('<component>', 'behind the gateway').choices(['monolith', 'users', 'threads', 'posts']),
  )
  .addArgument(new Argument('<replicas>', 'how many there shall be').argParser(wholeNumber(1)))
  .option('--project <name>', 'of compose', 'cleave')
  .addHelpText('after', '\nExample:\n  npm run scale -- posts 3')
  .action(async (component: ServiceName, replicas: number, { project }: { project: string }) => {
    await scaleTo(project, component, replicas);
    process.stdout.write(
      `${component} has ${replicas} ready replicas, and the gateway sends to all of them.\n`,
    );
  });

try {
  await program.parseAsync();
} catch (error) {
  endWith(error);
}
