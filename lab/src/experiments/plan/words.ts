import { formatCount } from '../../report/format.ts';
import type { Check } from './check.ts';
import type { Need, Plan } from './plan.ts';

/** "gateway 2 × 1 vCPU 2 GB, …" */
export const tasksText = ({ tasks }: Need): string =>
  tasks
    .map(({ part, replicas, vcpu, gb }) => `${part} ${formatCount(replicas)} × ${vcpu} vCPU ${gb} GB`)
    .join(', ');

/** "posts-db db.m6g.large, …" */
export const databasesText = ({ databases }: Need): string =>
  databases
    .map(
      ({ part, servers, instance }) =>
        `${part} ${servers > 1 ? `${formatCount(servers)} × ` : ''}${instance.name}`,
    )
    .join(', ');

export const money = (value: number): string => `$${formatCount(value)}`;

const percent = (share: number): string => `${share > 0 ? '+' : ''}${(100 * share).toFixed(0)} %`;

const checkText = ({ topology, rate, fittedOn, predicted, measured, error }: Check): string =>
  `${topology}: fitted on ${fittedOn.map(formatCount).join(' and ')} requests a second it predicts ${predicted.toFixed(2)} cores at ${formatCount(rate)}, measured were ${measured.toFixed(2)} (${percent(error)}).`;

/** How the model did on points that it was not fitted on. */
export const checkTexts = ({ checks, curveChecks }: Plan): string[] => {
  const said = [
    ...checks.map(checkText),
    ...curveChecks.map(
      ({ topology, check }) =>
        `${topology}: its other numbers of replicas predict ${formatCount(check.predicted)} answers a second with ${check.replicas}, measured were ${formatCount(check.measured)} (${percent(check.predicted / check.measured - 1)}).`,
    ),
  ];
  return said.length > 0 ? said : ['Not checked: only one rate was measured, so none could be left out.'];
};

/** Where the numbers come from. */
export const originText = ({ measuredOn, prices, sources }: Plan): string =>
  `CPU, memory and connections measured on ${measuredOn}. Prices of ${prices.region} on ${prices.date} in ${prices.currency}: ${sources.join('; ')}.`;
