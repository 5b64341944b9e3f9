import { everything, spared } from '../compare/groups.ts';
import { findCell, stateNames } from './find.ts';
import { formatMs, formatShare } from './format.ts';
import { type Html, html } from './html.ts';
import { type Fault, type Report, topologies } from './schema.ts';

const availabilities = (report: Report, fault: Fault): string[] =>
  topologies.map((topology) =>
    formatShare(findCell(report, topology, fault, spared, 'fault')?.availability ?? null).replace(
      ' ',
      '\u00a0',
    ),
  );

/** The report in one sentence, made from its numbers and neutral about who wins. */
export const headlineHtml = (report: Report): Html => {
  const fault = report.faults[0] ?? 'kill';
  const [monolith = '', services = ''] = availabilities(report, fault);
  return html`With the process that serves posts ${stateNames[fault]}, microservices answered <b class="microservices">${services}</b>
    of the requests for users and threads; the monolith answered <b class="monolith">${monolith}</b>.`;
};

/** The same without markup. */
export const headline = (report: Report): string =>
  headlineHtml(report)
    .text.replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/\s+/g, ' ');

const otherFaults = (report: Report): string[] =>
  report.faults.slice(1).map((fault) => {
    const [monolith, services] = availabilities(report, fault);
    return `With it ${stateNames[fault]}: ${services} against ${monolith}.`;
  });

const cost = (report: Report): string => {
  const [monolith, services] = topologies.map((topology) =>
    formatMs(findCell(report, topology, report.faults[0] ?? 'kill', everything, 'baseline')?.p50Ms ?? null),
  );
  return `With nothing broken, the median answer takes the monolith ${monolith} and microservices ${services}.`;
};

/** What follows the headline: the other faults, and the price in latency. */
export const lede = (report: Report): string => [...otherFaults(report), cost(report)].join(' ');
