import { layouts } from '../../lab/src/environments/layout.ts';
import type { BuiltImage } from './build.ts';
import type { ChangedImage } from './change.ts';
import { columns } from './columns.ts';
import type { Pushed } from './push.ts';

/** What was built, one line an image, and what was pushed. */
export function builtTable(built: readonly BuiltImage[], pushed: readonly Pushed[]): string {
  const images = built.map(({ image, id, layers, labels, sbom }) => [
    image,
    id.replace('sha256:', '').slice(0, 12),
    String(layers),
    shortRevision(labels['org.opencontainers.image.revision']),
    sbom,
  ]);
  const table = columns([['image', 'id', 'layers', 'revision', 'SBOM'], ...images]);
  if (pushed.length === 0) return table;
  const sent = pushed.map((each) => [each.reference, each.digest, String(each.sent), String(each.known)]);
  return `${table}\n${columns([['pushed', 'digest', 'layers sent', 'already there'], ...sent])}`;
}

/** Twelve letters name a commit; whether files differ from it is told too. */
const shortRevision = (revision = ''): string => revision.replace(/^([0-9a-f]{12})[0-9a-f]*/, '$1') || '–';

/** What one changed line did to each image, and a sentence for each topology. */
export function changeTable(changed: readonly ChangedImage[]): string {
  const rows = changed.map(({ component, newLayers, layers, newCompressedBytes, pushed }) => [
    component,
    `${newLayers} of ${layers}`,
    `${newCompressedBytes} bytes`,
    pushed === null ? '–' : `${pushed.sent} sent, ${pushed.known} already there`,
  ]);
  const table = columns([['image', 'new layers', 'compressed', 'pushed layers'], ...rows]);
  const sentences = (['microservices', 'monolith'] as const).map((topology) => {
    const { services } = layouts[topology];
    const images = changed.filter(({ component }) => services.some(({ name }) => name === component));
    const rebuilt = images.filter(({ newLayers }) => newLayers > 0);
    const layers = rebuilt.reduce((sum, { newLayers }) => sum + newLayers, 0);
    return `${topology}: ${count(layers, 'layer')} in ${rebuilt.length} of ${count(images.length, 'image')}.\n`;
  });
  return `${table}\n${sentences.join('')}`;
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** Whether the images with posts in them have exactly one new layer, and the others none; and as many were sent. */
export function isOneLayerEach(changed: readonly ChangedImage[]): boolean {
  return changed.every(({ component, newLayers, pushed }) => {
    const expected = component === 'posts' || component === 'monolith' ? 1 : 0;
    return newLayers === expected && (pushed === null || pushed.sent <= expected);
  });
}
