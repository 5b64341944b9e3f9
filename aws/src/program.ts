import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import { type ComponentName, componentNames, type Topology } from './components/components.ts';
import { push } from './components/images.ts';
import { linesOf } from './components/log-lines.ts';
import { confirm } from './confirm.ts';
import { costTable } from './cost/cost-table.ts';
import { standIn } from './emulator/service-connect.ts';
import { Refused, type Site } from './site.ts';
import { down } from './verbs/down.ts';
import { plan } from './verbs/plan.ts';
import { uploadReport } from './verbs/report.ts';
import { retireMonolith } from './verbs/retire.ts';
import { scale } from './verbs/scale.ts';
import { shift } from './verbs/shift.ts';
import { status } from './verbs/status.ts';
import { statusText } from './verbs/status-text.ts';
import { up } from './verbs/up.ts';
import { migrateOnly, rollback, type UpdateOptions, update } from './verbs/update.ts';

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is wanted.`);
  };

const topology = () => new Option('--topology <name>', 'which').choices(['monolith', 'microservices']);
const component = () => new Argument('<component>', 'which').choices(componentNames);
const image = () => new Option('--image <tag>', 'the local images: cleave/<component>:TAG').default('local');
const yes = () => new Option('--yes', 'do not ask').default(false);

/** The command line. @param siteOf makes the site of a name, when a verb needs it */
export function createProgram(siteOf: (name: string) => Site): Command {
  const program = new Command('npm run aws --')
    .description('Puts Cleave onto ECS, moves traffic path by path, and takes everything away again.')
    .option('--name <name>', 'begins the names of everything', 'cleave')
    .exitOverride();
  const site = (): Site => siteOf(program.opts<{ name: string }>().name);

  program
    .command('plan')
    .description('what up would change, and what it costs a month')
    .addOption(topology().makeOptionMandatory())
    .action(async (options: { topology: Topology }) => {
      for (const { stack, changes } of await plan(site(), options.topology))
        print([stack, ...(changes.length === 0 ? ['no change'] : changes)].join('\n  '));
      print(`\n${await costTable()}`);
    });
  program
    .command('cost')
    .description('what each topology costs a month')
    .action(async () => print(await costTable()));
  program
    .command('up')
    .description('brings a topology up, beside what is up')
    .addOption(topology().makeOptionMandatory())
    .addOption(image())
    .option('--tasks <n>', 'split the CPU of each component over so many, and do not scale', whole(1, 8))
    .action(async (options: { topology: Topology; image: string; tasks?: number }) =>
      print(await up(site(), options.topology, options.image, options.tasks)),
    );
  program
    .command('push')
    .description('pushes an image; prints its tag')
    .addArgument(component())
    .addOption(image())
    .action(async (name: ComponentName, options: { image: string }) =>
      print(await push(site(), name, options.image)),
    );
  program
    .command('shift')
    .description('leads part of a path to its service, and goes back when it fails or is slow')
    .argument('<path>', 'as in /api/posts')
    .argument('<weight>', 'of a hundred requests', whole(0, 100))
    .option('--watch <seconds>', 'how long', whole(1, 3_600), 60)
    .option('--slowest <ms>', '99 of 100 requests are to be faster', whole(1, 60_000), 1_000)
    .option('--failing <percent>', 'of the requests, at most', whole(0, 100), 1)
    .action(
      async (path: string, weight: number, options: { watch: number; slowest: number; failing: number }) => {
        const objectives = {
          seconds: options.watch,
          mostFailing: options.failing / 100,
          p99Ms: options.slowest,
        };
        const seen = await shift(site(), path, weight, objectives);
        print(
          `${path} ${weight} %: ${seen.requests} requests, ${seen.failed} failed, p99 ${Math.round(seen.p99Ms)} ms`,
        );
      },
    );
  program
    .command('status')
    .description('what is up, and who answers')
    .option('--json', 'for programs', false)
    .action(async ({ json }: { json: boolean }) => {
      const found = await status(site());
      print(json ? JSON.stringify(found, null, 2) : statusText(found));
    });
  program
    .command('update')
    .description('rolls the local image out')
    .addArgument(component())
    .addOption(image())
    .option('--deadline <seconds>', 'take it back when it does not serve by then', whole(1, 3_600))
    .option('--no-migrations', 'leave the tables as they are: for an image older than they are')
    .action(async (name: ComponentName, options: UpdateOptions) =>
      print((await update(site(), name, options)).join(' -> ')),
    );
  program
    .command('migrate')
    .description('runs the migrations of the local image and nothing else')
    .addArgument(component())
    .addOption(image())
    .action((name: ComponentName, options: { image: string }) => migrateOnly(site(), name, options.image));
  program
    .command('rollback')
    .description('goes back to the image before the last update')
    .addArgument(component())
    .action(async (name: ComponentName) => print((await rollback(site(), name)).join(' -> ')));
  program
    .command('scale')
    .description('has at least so many tasks of a component')
    .addArgument(component())
    .argument('<fewest>', 'tasks', whole(1, 100))
    .option('--most <tasks>', 'up to which it may grow by itself', whole(1, 100), 4)
    .action((name: ComponentName, fewest: number, { most }: { most: number }) =>
      scale(site(), name, fewest, most),
    );
  program
    .command('logs')
    .description('what the tasks of a component wrote')
    .addArgument(component())
    .option('--minutes <n>', 'how far back', whole(1, 10_080), 10)
    .action(async (name: ComponentName, { minutes }: { minutes: number }) =>
      print((await linesOf(site(), name, minutes)).join('\n')),
    );
  program
    .command('report')
    .description('uploads a report of the lab; prints where it is')
    .argument('<dir>', 'the folder')
    .action(async (folder: string) => {
      for (const { key, version, url } of await uploadReport(site(), folder))
        print(`${key}  ${version}\n  ${url}`);
    });
  program
    .command('retire')
    .description('removes the monolith when no path leads to it any more')
    .addArgument(new Argument('<component>').choices(['monolith']))
    .addOption(yes())
    .action(async (_: string, options: { yes: boolean }) => {
      await confirm('This removes the monolith and its tasks.', options.yes);
      print(await retireMonolith(site()));
    });
  program
    .command('down')
    .description('removes everything')
    .option('--no-snapshots', 'do not keep the last state of the databases either')
    .addOption(yes())
    .action(async (options: { yes: boolean; snapshots: boolean }) => {
      await confirm(
        `This removes everything${options.snapshots ? ', and leaves snapshots of the databases' : ' and all data'}.`,
        options.yes,
      );
      const left = await down(site(), options.snapshots);
      print(left.length === 0 ? 'Nothing is left.' : ['What is left:', ...left].join('\n  '));
    });
  program
    .command('connect')
    .description('stands in for Service Connect where AWS is an emulator, until it is ended')
    .action(async () => {
      const one = site();
      if (!one.emulated) throw new Refused('Here Service Connect does it.');
      const stop = await standIn(one);
      one.say('Services find each other.');
      for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop);
    });
  return program;
}
