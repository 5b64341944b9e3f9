import { modules, type Topology } from '../../environments/environment.ts';
import type { Finding } from '../experiment.ts';
import { statedFloor } from '../noise/floors.ts';
import { compareValues } from '../steady/difference.ts';
import { doubt } from '../steady/words.ts';
import { changedImages, type Digest, restartedProcesses, type TopologyDelivery } from './digest.ts';
import { formatBytes, formatFailed, formatSpread, list } from './words.ts';

type Pair = { one: TopologyDelivery; many: TopologyDelivery; copies: TopologyDelivery | undefined };

const find = ({ topologies }: Digest, name: Topology): TopologyDelivery | undefined =>
  topologies.find(({ topology }) => topology === name);

function failed({ one, many, copies }: Pair): Finding {
  const what =
    one.images === null ? 'the code of posts was started again' : 'a one-line change in posts rolled out';
  const text =
    `While ${what}, ${formatFailed(one.all)} requests failed in the monolith, ${formatFailed(many.all)} in ` +
    `microservices, at the same rate.`;
  if (!copies) return { question: 'what-it-buys', text };
  const explains = one.all.failed > 0 && copies.all.failed === 0;
  const because = explains ? ': a gateway before copies is enough for that' : '';
  return {
    question: 'what-it-buys',
    text,
    control: `monolith-replicated: ${formatFailed(copies.all)}${because}.`,
  };
}

const restarts = (delivery: TopologyDelivery): string =>
  `${restartedProcesses(delivery)} of ${delivery.processes} processes, with the code of ${list(delivery.modules)}`;

const restarted = ({ one, many, copies }: Pair): Finding => ({
  question: 'what-it-buys',
  text: `That change restarts, in the monolith, ${restarts(one)}; in microservices, ${restarts(many)}.`,
  ...(copies && { control: `monolith-replicated: ${restarts(copies)}.` }),
});

function serving({ one, many }: Pair): Finding {
  const compared = compareValues(many.total.values, one.total.values, statedFloor);
  const doubts = compared ? doubt(compared) : '';
  const what =
    one.build === null
      ? 'From the order to the first answer by the new version'
      : 'From the change to the first answer by it, with all images built one after the other';
  return {
    question: compared?.difference.found === 'faster' ? 'what-it-buys' : 'what-it-costs',
    text:
      `${what}: ${formatSpread(one.total)} in the monolith, ${formatSpread(many.total)} in ` +
      `microservices${doubts && ` (${doubts})`}.`,
  };
}

function rebuilt({ one, many }: Pair): Finding[] {
  if (one.images === null || many.images === null) return [];
  const told = (delivery: TopologyDelivery): string => {
    const changed = changedImages(delivery);
    const bytes = changed.reduce((sum, { newCompressedBytes }) => sum + newCompressedBytes, 0);
    return `${changed.length} of ${delivery.images?.length} images, with ${formatBytes(bytes)} to push`;
  };
  return [
    {
      question: 'what-it-buys',
      text: `It changes ${told(one)}, in the monolith; ${told(many)}, in microservices.`,
    },
  ];
}

/** What is shared by all services is not split by splitting them. */
function shared({ code }: Digest): Finding[] {
  const reach = (changed: string): string[] =>
    code?.reaches.find((one) => one.changed === changed)?.components.filter(isService) ?? [];
  const everywhere = code?.reaches.filter(({ changed }) => reach(changed).length === modules.length) ?? [];
  if (everywhere.length === 0) return [];
  const names = list(everywhere.map(({ changed }) => changed));
  return [
    {
      question: 'what-it-costs',
      text:
        `A change in posts reaches ${reach('services/posts').length} of the ${modules.length} services; one in what ` +
        `they share (${names}) still reaches all ${modules.length}, to be rolled out one by one.`,
    },
  ];
}

const isService = (component: string): boolean => modules.some((module) => module === component);

export function findings(digest: Digest): Finding[] {
  const [one, many] = [find(digest, 'monolith'), find(digest, 'microservices')];
  if (!one || !many) return shared(digest);
  const pair = { one, many, copies: find(digest, 'monolith-replicated') };
  return [failed(pair), restarted(pair), serving(pair), ...rebuilt(pair), ...shared(digest)];
}
