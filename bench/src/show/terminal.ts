import Cli from 'cli-table3';
import type { PartResult } from '../result.ts';
import { type Grid, gridsOf } from './cells.ts';

/** A table for a terminal; long heads are broken at their commas. */
export function renderGrid({ title, head, rows }: Grid): string {
  const table = new Cli({
    head: head.map((text) => text.replaceAll(', ', ',\n')),
    colAligns: head.map((_, index) => (index === 0 ? 'left' : 'right')),
    style: { head: [], border: [], compact: true },
  });
  table.push(...rows);
  return `${title}\n${table.toString()}`;
}

/** A part's tables, bars and notes. */
export const renderPart = (part: PartResult): string =>
  [`\n${part.title}`, ...gridsOf(part).map(renderGrid), ...part.notes.map((note) => `· ${note}`)].join('\n');
