// The figures of a part as Markdown, and their place in a document.
import type { PartResult } from '../result.ts';
import { type Grid, gridsOf, originOf, versionsOf } from './cells.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const tableOf = ({ title, head, rows }: Grid): string =>
  [
    `**${title}**`,
    '',
    row(head),
    row(head.map((_, index) => (index === 0 ? '---' : '--:'))),
    ...rows.map(row),
  ].join('\n');

const partAsMarkdown = (part: PartResult): string =>
  [
    `\`${part.command}\`, ${originOf(part)}`,
    ...gridsOf(part).map(tableOf),
    [...part.notes, `With ${versionsOf(part)}.`].map((note) => `- ${note}`).join('\n'),
  ].join('\n\n');

/**
 * A document with a part's figures between its two marks, `<!-- figures of NAME -->` and `<!-- end of NAME -->`.
 * Throws RangeError when the document has no such place.
 */
export function withFigures(document: string, part: PartResult): string {
  const [open, close] = [`<!-- figures of ${part.name} -->`, `<!-- end of ${part.name} -->`];
  const [from, to] = [document.indexOf(open), document.indexOf(close)];
  if (from < 0 || to < from) throw new RangeError(`the document has no place for ${part.name}`);
  return `${document.slice(0, from + open.length)}\n${partAsMarkdown(part)}\n${document.slice(to)}`;
}
