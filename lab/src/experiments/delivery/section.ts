import { html } from '../../report/html.ts';
import type { Section } from '../experiment.ts';
import { countRoll } from './counts.ts';
import { type Digest, digest } from './digest.ts';
import { findings } from './findings.ts';
import type { CodeRecord, DeliveryRecord, RollRecord } from './record.ts';
import { RATE } from './roll.ts';
import { changedTable, failedTable, programTable, reachTable, secondsTable } from './tables.ts';
import { formatFailed } from './words.ts';

const isRoll = (record: DeliveryRecord): record is RollRecord => record.kind === 'roll';
const isCode = (record: DeliveryRecord): record is CodeRecord => record.kind === 'code';

const measured = ({ topologies }: Digest): string =>
  topologies.some(({ images }) => images !== null)
    ? 'Images are built from a copy of the sources, once as they are and once with the line changed, so that the second ' +
      'build has the cache of the first; then the changed image is rolled out, and an answer of the changed line is asked for.'
    : 'There are no images in this environment: the code of today is started again as the new version, which measures ' +
      'the restart only.';

export function drawSection(counted: Digest): Section {
  const { topologies, code } = counted;
  return {
    summary: [
      {
        question: 'what-it-buys',
        label: 'requests that failed while a change of posts rolled out',
        values: Object.fromEntries(topologies.map(({ topology, all }) => [topology, formatFailed(all)])),
      },
    ],
    findings: findings(counted),
    html: html`
<section id="delivery">
  <h2>What a one-line change takes</h2>
  <p>${measured(counted)} Load is ${RATE} requests a second. Behind the gateway a new replica takes over before the old
  one is stopped; the monolith owns the published port, so that it is stopped first.</p>
  ${topologies.length > 0 ? [changedTable(topologies), secondsTable(topologies), failedTable(topologies)] : ''}
  ${
    code
      ? html`<h3>What the sources are coupled by</h3>
  <p class="note">One repository tests both topologies together, so that the tests to run are the same for both; what
  differs is how much a program contains that has to be sound before it is shipped.</p>
  ${reachTable(code)}${programTable(code)}`
      : ''
  }
</section>`,
    data: counted,
  };
}

/** Counts the samples of all trials anew. `folder` is the experiment's own. */
export async function deliverySection(records: readonly DeliveryRecord[], folder: string): Promise<Section> {
  const counted = await Promise.all(records.filter(isRoll).map((roll) => countRoll(roll, folder)));
  return drawSection(digest(counted, records.find(isCode)));
}
