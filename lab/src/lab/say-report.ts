import { readFile } from 'node:fs/promises';
import type { Finding } from '../experiments/experiment.ts';
import type { StudyReport } from '../experiments/study-report.ts';

const line = ({ text, control }: Finding): string => `  - ${text}${control ? ` ${control}` : ''}`;

/** Prints a report's findings, or all of it as JSON, to stdout. */
export const sayReport = async (
  { html, json, chapters, missing }: StudyReport,
  asJson: boolean,
): Promise<void> => {
  if (asJson) {
    process.stdout.write(await readFile(json, 'utf8'));
    return;
  }
  for (const { title, section } of chapters) {
    process.stdout.write(`\n${title}\n${section.findings.map(line).join('\n')}\n`);
  }
  if (missing > 0)
    process.stdout.write(`\n${missing} trials are missing: they were void three times. Run it again.\n`);
  process.stdout.write(`\nReport: ${html}\nNumbers: ${json}\n`);
};
