import { everything, spared } from '../compare/groups.ts';
import { findCell, stateNames } from './find.ts';
import { formatMs, formatShare } from './format.ts';
import { type Html, html } from './html.ts';
import { isMostlyLate } from './notes.ts';
import { type Fault, type MainTopology, mainTopologies, type Report } from './schema.ts';

/** How users and threads fared in a topology while the fault lasted: "99.98 %", with what must be said beside it. */
const spare = (report: Report, fault: Fault, topology: MainTopology): { share: string; late: string } => {
  const cell = findCell(report, topology, fault, spared, 'fault');
  return {
    share: formatShare(cell?.availability ?? null).replace(' ', '\u00a0'),
    late: cell && isMostlyLate(cell) ? ', most of it only after the fault had ended' : '',
  };
};

/** The report in one sentence, made from its numbers and neutral about who wins. */
export const headlineHtml = (report: Report): Html => {
  const fault = report.faults[0] ?? 'kill';
  const services = spare(report, fault, 'microservices');
  const monolith = spare(report, fault, 'monolith');
  return html`With the process that serves posts ${stateNames[fault]}, microservices answered <b class="microservices">${services.share}</b>
    of the requests for users and threads${services.late}; the monolith answered <b class="monolith">${monolith.share}</b>${monolith.late}.`;
};

/** The same without markup. */
export const headline = (report: Report): string =>
  headlineHtml(report)
    .text.replace(/<[^>]+>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/\s+/g, ' ');

const otherFaults = (report: Report): string[] =>
  report.faults.slice(1).map((fault) => {
    const services = spare(report, fault, 'microservices');
    const monolith = spare(report, fault, 'monolith');
    return `With it ${stateNames[fault]}: ${services.share}${services.late} against ${monolith.share}${monolith.late}.`;
  });

const cost = (report: Report): string => {
  const [monolith, services] = mainTopologies.map((topology) =>
    formatMs(findCell(report, topology, report.faults[0] ?? 'kill', everything, 'baseline')?.p50Ms ?? null),
  );
  return `With nothing broken, the median answer takes the monolith ${monolith} and microservices ${services}.`;
};

/** What follows the headline: the other faults, and the price in latency. */
export const lede = (report: Report): string => [...otherFaults(report), cost(report)].join(' ');
