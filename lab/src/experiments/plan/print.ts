import Table from 'cli-table3';
import { formatCount } from '../../report/format.ts';
import { makePlan, type Need, type Plan } from './plan.ts';
import { checkTexts, databasesText, money, originText, tasksText } from './words.ts';

const head = [
  'rps',
  'topology',
  'replicas',
  'vCPU',
  'memory GB',
  'connections',
  'tasks',
  'databases',
  'traffic',
  'a month',
];

const amount = (value: number): string => (value < 10 ? value.toFixed(2) : formatCount(value));

const row = (need: Need): string[] => [
  formatCount(need.rate),
  need.topology,
  formatCount(need.replicas),
  amount(need.vcpus),
  amount(need.memoryGb),
  formatCount(need.connections),
  money(need.bill.tasks),
  money(need.bill.databases),
  need.bill.traffic === null ? '–' : money(need.bill.traffic),
  money(need.bill.total),
];

const details = (plan: Plan, rps: number): string[] =>
  plan.needs
    .filter(({ rate }) => rate === rps)
    .map((need) => `${need.topology} at ${formatCount(rps)}/s: ${tasksText(need)}; ${databasesText(need)}.`);

/** A plan for a terminal; `rps` is the rate that is told in detail. */
export const renderPlan = (plan: Plan, rps?: number): string => {
  const table = new Table({ head, style: { head: [], border: [] } });
  table.push(...plan.needs.map(row));
  return [
    table.toString(),
    ...(rps === undefined ? [] : details(plan, rps)),
    '',
    originText(plan),
    ...plan.scaledBy.map(({ topology, from }) => `Replicas of ${topology}: ${from}.`),
    '',
    'Checked on points that it was not fitted on:',
    ...checkTexts(plan).map((text) => `- ${text}`),
    '',
    'What the model leaves out:',
    ...plan.limits.map((text) => `- ${text}`),
    '',
  ].join('\n');
};

/**
 * `npm run lab -- plan`: the text to print.
 * @param from the results folder
 * @param rps requests a second that are wanted besides the usual rates
 * @throws NothingToPlan in one sentence
 */
export const printPlan = async ({
  from,
  rps,
  json,
}: {
  from: string;
  rps?: number;
  json: boolean;
}): Promise<string> => {
  const plan = await makePlan(from, rps);
  return json ? `${JSON.stringify(plan, null, 2)}\n` : renderPlan(plan, rps);
};
