import { formatCount } from '../../report/format.ts';
import { type Html, html } from '../../report/html.ts';
import { plot } from '../../report/plot.ts';
import type { Finding, Section } from '../experiment.ts';
import { inOrder } from '../steady/trials.ts';
import { makePlan, type Need, NothingToPlan, type Plan } from './plan.ts';
import { checkTexts, databasesText, money, originText, tasksText } from './words.ts';

const row = (need: Need): Html => html`
  <tr><th scope="row">${formatCount(need.rate)}/s <span class="${need.topology}">${need.topology}</span></th>
  <td title="${tasksText(need)}">${formatCount(need.replicas)}</td><td>${need.vcpus.toFixed(2)}</td><td>${need.memoryGb.toFixed(1)}</td>
  <td>${formatCount(need.connections)}</td><td>${money(need.bill.tasks)}</td><td title="${databasesText(need)}">${money(need.bill.databases)}</td>
  <td>${need.bill.traffic === null ? 'not measured' : money(need.bill.traffic)}</td><td><b>${money(need.bill.total)}</b></td></tr>`;

const picture = ({ needs }: Plan): Html =>
  plot({
    title: 'A month over requests a second, both logarithmic',
    x: { label: 'requests a second', log: true },
    y: { label: 'US dollars a month', log: true },
    series: inOrder(needs.map(({ topology }) => topology)).map((topology) => {
      const mine = needs.filter((need) => need.topology === topology);
      return {
        name: topology,
        style: 'line',
        colour: topology,
        x: mine.map(({ rate }) => rate),
        y: mine.map(({ bill }) => bill.total),
      };
    }),
  });

const ratioAt = ({ needs }: Plan, rate: number): string[] => {
  const [ours, theirs] = (['microservices', 'monolith'] as const).map((topology) =>
    needs.find((need) => need.topology === topology && need.rate === rate),
  );
  if (ours === undefined || theirs === undefined) return [];
  const times = (ours.bill.total / theirs.bill.total).toFixed(2);
  return [
    `${times} times at ${formatCount(rate)}/s (${money(ours.bill.total)} and ${money(theirs.bill.total)} a month)`,
  ];
};

const findings = (plan: Plan): Finding[] => {
  const told = [100, 10_000, 1_000_000].flatMap((rate) => ratioAt(plan, rate));
  if (told.length === 0) return [];
  const worst = Math.max(...plan.checks.map(({ error }) => Math.abs(error)));
  const checked = Number.isFinite(worst)
    ? `on a rate that it was not fitted on, the model was off by up to ${(100 * worst).toFixed(0)} % of the CPU`
    : 'the model could not be checked on a rate that it was not fitted on';
  return [
    {
      question: 'what-it-costs',
      text: `By the plan, microservices cost, against the monolith, ${told.join(', ')}. This is a model: ${checked}.`,
    },
  ];
};

/** The section of the report on a plan. */
export const planSection = (plan: Plan): Section => ({
  findings: findings(plan),
  data: plan,
  html: html`
<section id="plan">
  <h2>Plan: from 100 to 1,000,000 requests a second</h2>
  <p>A model, not a measurement. ${originText(plan)}</p>
  ${picture(plan)}
  <div class="scroll"><table>
    <caption>What each topology needs for the declared mix</caption>
    <thead><tr><th scope="col">rate and topology</th><th scope="col">replicas</th><th scope="col">vCPU</th><th scope="col">memory, GB</th>
    <th scope="col">connections</th><th scope="col">tasks</th><th scope="col">databases</th>
    <th scope="col">traffic between zones</th><th scope="col">a month</th></tr></thead>
    <tbody>${plan.needs.map(row)}</tbody></table></div>
  <h3>Checked on points that it was not fitted on</h3>
  <ul>${checkTexts(plan).map((text) => html`<li>${text}</li>`)}</ul>
  <h3>How replicas add up</h3>
  <ul>${plan.scaledBy.map(({ topology, from }) => html`<li>${topology}: ${from}.</li>`)}</ul>
  <h3>What the model leaves out</h3>
  <ul>${plan.limits.map((text) => html`<li>${text}</li>`)}</ul>
</section>`,
});

/** The same for the results in the folder `out`; undefined when there is nothing to plan from. */
export const planSectionOf = async (out: string): Promise<Section | undefined> => {
  try {
    return planSection(await makePlan(out));
  } catch (error) {
    if (error instanceof NothingToPlan) return undefined;
    throw error;
  }
};
