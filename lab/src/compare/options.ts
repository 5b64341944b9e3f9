import { Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { type Fault, faults } from '../report/schema.ts';

const optionsSchema = z.object({
  trials: z.int(),
  rate: z.int(),
  seconds: z.int(),
  faults: z.array(z.enum(faults)),
  out: z.string(),
  json: z.boolean(),
  redraw: z.string().optional(),
});

/** What the user asked for. `seconds` is how long a fault lasts. */
export type CompareOptions = z.infer<typeof optionsSchema>;

const defaults = { trials: 3, rate: 400, seconds: 4 };
const quick = { trials: 1, seconds: 3 };

const whole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };

const faultList = (text: string): Fault[] => {
  const parsed = z.array(z.enum(faults)).safeParse(text.split(',').map((part) => part.trim()));
  if (!parsed.success) throw new InvalidArgumentError(`It must be a list of ${faults.join(' and ')}.`);
  return faults.filter((fault) => parsed.data.includes(fault));
};

const examples = `
Examples:
  npm run compare                          both faults, 3 trials of each topology: about 3 minutes
  npm run compare -- --quick               one short trial of each: a first look, under a minute
  npm run compare -- --trials 6            the fewest trials whose median has a 95 % interval
  npm run compare -- --faults hang --seconds 10 --out out/hang
  npm run compare -- --redraw report       make the report again from its raw samples

Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.`;

const createCommand = (): Command =>
  new Command('npm run compare --')
    .description(
      'Breaks the process that serves posts, in the monolith and in microservices, under the same load,\nand reports what still answers.',
    )
    .option('--trials <n>', `trials of each topology (default: ${defaults.trials})`, whole(1, 100))
    .option('--rate <n>', `requests a second`, whole(10, 10_000), defaults.rate)
    .option(
      '--seconds <n>',
      `how long a fault lasts; the baseline before it takes half of that, the recovery a second more (default: ${defaults.seconds})`,
      whole(2, 600),
    )
    .addOption(
      new Option('--faults <list>', 'kill (SIGKILL), hang (SIGSTOP), or both')
        .argParser(faultList)
        .default([...faults], faults.join(',')),
    )
    .option(
      '--quick',
      `${quick.trials} trial of each topology, faults of ${quick.seconds} s, unless said otherwise`,
      false,
    )
    .option('--out <dir>', 'folder for report.html, report.json and samples/', 'report')
    .option('--json', 'print report.json instead of a table', false)
    .option('--redraw <dir>', 'measure nothing: count and draw the report in a folder again from its samples')
    .addHelpText('after', examples);

/** Reads the command line. Throws commander's CommanderError for --help and for wrong usage, after printing it. */
export const readOptions = (argv: readonly string[]): CompareOptions => {
  const command = createCommand().exitOverride();
  command.parse([...argv], { from: 'user' });
  const given = command.opts();
  const base = given.quick ? { ...defaults, ...quick } : defaults;
  return optionsSchema.parse({
    ...given,
    trials: given.trials ?? base.trials,
    seconds: given.seconds ?? base.seconds,
  });
};

/** The command that repeats a run. */
export const repeatCommand = ({ trials, rate, seconds, faults: list }: CompareOptions): string =>
  `npm run compare -- --trials ${trials} --rate ${rate} --seconds ${seconds} --faults ${list.join(',')}`;
