// `npm run lab -- <experiment>`: runs experiments, or draws their report again.
import { Argument, Command, CommanderError, Option } from 'commander';
import { CannotStart } from './environments/cannot-start.ts';
import { environmentNames, topologiesIn } from './environments/environment.ts';
import { quick, standard } from './experiments/isolation/settings.ts';
import { runOrder } from './experiments/list.ts';
import { NothingToPlan } from './experiments/plan/plan.ts';
import { OtherStudy } from './experiments/study.ts';
import { writeStudyReport } from './experiments/study-report.ts';
import { topologyList, wholeNumber } from './lab/arguments.ts';
import { detach } from './lab/detach.ts';
import { planCommand } from './lab/plan-command.ts';
import { type Asked, runLab } from './lab/run-lab.ts';
import { sayReport } from './lab/say-report.ts';
import { sideBySideCommand } from './lab/side-by-side-command.ts';
import { NotComparable } from './side-by-side/read.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => interruption.abort(new Error(`Stopped by ${name}.`)));
}

const program = new Command('npm run lab --')
  .description('Measures what splitting the monolith breaks, buys and costs, and writes a report.')
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples:
  npm run lab -- isolation --quick           a first look, in under five minutes
  npm run lab -- all --env compose --detach  everything; goes on in the background
  npm run lab -- all --env compose           after an interruption: goes on where it was
  npm run lab -- report lab-results/compose  counts and draws again from the samples
  npm run lab -- plan --rps 5000             replicas, cores and price, from what was measured
  npm run lab -- side-by-side DIR DIR        isolation on two environments, on one page

Exit codes: 0 done, 1 failed or trials missing, 2 wrong command line, 130 interrupted.`,
  );

/** An experiment's options as they are typed. */
type Given = Omit<Asked, 'topologies'> & {
  topologies?: Asked['topologies'];
  json: boolean;
  detach: boolean;
};

const aboutOf = (name: string): string =>
  name === 'all' ? 'runs all experiments into one report' : `runs the experiment ${name}`;

for (const name of [...runOrder, 'all'] as const) {
  const command = program
    .command(name)
    .description(aboutOf(name))
    .addOption(new Option('--env <name>', 'where to run').choices(environmentNames).default('local'))
    .option('--topologies <list>', 'which to compare (default: all that run there)', topologyList)
    .option('--trials <n>', "of each cell (default: each experiment's own number)", wholeNumber(1))
    .option('--quick', 'few and short trials: shows that it works, proves little', false)
    .option('--seed <n>', 'of the order of trials', wholeNumber(0), 1)
    .option('--out <dir>', 'results (default: lab-results/ENV, or ENV-quick)')
    .option('--json', 'print report.json', false)
    .option('--detach', 'go on in the background', false)
    .action(async ({ json, detach: away, topologies, ...options }: Given) => {
      if (away) return detach(name, process.argv.slice(2), say);
      const asked = { ...options, topologies: topologies ?? topologiesIn(options.env) };
      const report = await runLab(name === 'all' ? [...runOrder] : [name], asked, interruption.signal, say);
      if (report.missing > 0) process.exitCode = 1;
      await sayReport(report, json);
    });
  if (name === 'isolation') {
    const own = `${standard.rate}, or ${quick.rate} if quick`;
    command.option('--rate <n>', `requests a second (default: ${own})`, wholeNumber(1));
  }
}

program
  .command('report')
  .description('counts a study again from its raw samples and draws its report')
  .addArgument(new Argument('<dir>', 'a results folder'))
  .option('--json', 'print report.json', false)
  .action(async (dir: string, { json }: { json: boolean }) => {
    await sayReport(await writeStudyReport(dir), json);
  });

program.addCommand(planCommand());
program.addCommand(sideBySideCommand());

/** The exit code of a run that ended with `error`, after saying why. */
const codeOf = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (interruption.signal.aborted) {
    say('Interrupted; everything was stopped. The same command goes on where it was.');
    return 130;
  }
  const expected = [CannotStart, OtherStudy, NothingToPlan, NotComparable].some(
    (kind) => error instanceof kind,
  );
  say(error instanceof Error ? (expected ? error.message : String(error.stack)) : String(error));
  return 1;
};

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = codeOf(error);
}
