// `npm run rollout`: replaces a component by another version on a platform that runs, or goes back.
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Rollout, ServiceName } from './environments/environment.ts';
import { wholeNumber } from './lab/arguments.ts';
import { endWith } from './lab/end-of-command.ts';
import { commandOf, defaultTarget, type RolloutPlatform, rolloutPlatforms } from './rollout/platforms.ts';

interface Asked {
  env: RolloutPlatform;
  component: ServiceName;
  to?: string;
  back?: true;
  project?: string;
  stack?: string;
  namespace?: string;
  site?: string;
  deadline: number;
}

const components: readonly ServiceName[] = ['monolith', 'gateway', 'users', 'threads', 'posts'];

const tag = (text: string): string => {
  if (/^\w[\w.-]{0,127}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a tag, as in 1.4.0.');
};

const program = new Command('npm run rollout --')
  .description('Replaces a component by another version while it serves, or goes back to the version before.')
  .exitOverride()
  .addOption(new Option('--env <name>', 'where it runs').choices(rolloutPlatforms).makeOptionMandatory())
  .addOption(new Option('--component <name>', 'what to replace').choices(components).makeOptionMandatory())
  .option('--to <tag>', 'of the image cleave/<component>', tag)
  .addOption(new Option('--back', 'to the version before the last rollout').conflicts('to'))
  .option('--project <name>', 'of compose (default: cleave)')
  .option('--stack <name>', 'of Swarm (default: cleave)')
  .option(
    '--namespace <name>',
    'of Kubernetes (default: cleave-microservices, for the monolith cleave-monolith)',
  )
  .option('--site <name>', 'of ECS, as in `npm run aws -- --name` (default: cleave)')
  .option('--deadline <s>', 'a version that is not ready by then is taken back', wholeNumber(1), 60)
  .addHelpText(
    'after',
    `
Examples:
  npm run rollout -- --env compose --component posts --to 1.4.0
  npm run rollout -- --env compose --component posts --back
  npm run rollout -- --env kubernetes --component users --to 1.4.0 --namespace forum --deadline 120

Exit codes: 0 the version asked for serves, 1 it does not (the version before serves), 2 wrong command line.`,
  );

function targetOf({ env, component, project, stack, namespace, site }: Asked): string {
  const given = { compose: project, swarm: stack, kubernetes: namespace, ecs: site }[env];
  return given ?? defaultTarget(env, component);
}

async function roll(asked: Asked): Promise<Rollout> {
  const { env, component, to, deadline: deadlineSeconds } = asked;
  const { rollOut, rollBack } = await commandOf(env);
  const target = targetOf(asked);
  return to === undefined
    ? rollBack(target, component)
    : rollOut(target, { component, image: `cleave/${component}:${to}`, deadlineSeconds });
}

try {
  const asked = program.parse().opts<Asked>();
  if (asked.to === undefined && !asked.back) program.error('error: say --to TAG or --back', { exitCode: 2 });
  const { outcome, seconds } = await roll(asked);
  const what = asked.back ? 'The version before' : `cleave/${asked.component}:${asked.to}`;
  const said =
    outcome === 'deployed'
      ? `${what} serves after ${seconds.toFixed(1)} s.`
      : `${what} did not become ready: what ran before serves again after ${seconds.toFixed(1)} s.`;
  process.stdout.write(`${said}\n`);
  if (outcome !== 'deployed') process.exitCode = 1;
} catch (error) {
  endWith(error);
}
