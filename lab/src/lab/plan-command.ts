import { Command } from 'commander';
import { printPlan } from '../experiments/plan/print.ts';
import { wholeNumber } from './arguments.ts';

interface PlanAsked {
  rps?: number;
  from: string;
  json: boolean;
}

/** `plan`: what N requests a second would take, from what was measured. */
export const planCommand = (): Command =>
  new Command('plan')
    .description('replicas, cores, memory, connections and a monthly price, from measured costs')
    .option('--rps <n>', 'requests a second, besides 100 to 1,000,000', wholeNumber(1))
    .option('--from <dir>', 'results of cost and scaling', 'lab-results/compose')
    .option('--json', 'print all numbers as JSON', false)
    .action(async (asked: PlanAsked) => {
      process.stdout.write(await printPlan(asked));
    });
