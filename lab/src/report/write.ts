import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadAssets } from './assets.ts';
import { renderPage } from './page.ts';
import { type Report, reportSchema } from './schema.ts';

/** Where a report's files are. */
export type ReportFiles = { json: string; html: string };

const member = ([name, value]: [string, unknown]): string => {
  const text = Array.isArray(value)
    ? `[${value.map((element) => `\n    ${JSON.stringify(element)}`).join(',')}\n  ]`
    : JSON.stringify(value);
  return `  ${JSON.stringify(name)}: ${text}`;
};

/** JSON with one line to each element of the report's lists: a person can read it, and a diff shows what changed. */
export const formatJson = (report: Report): string =>
  `{\n${Object.entries(report).map(member).join(',\n')}\n}\n`;

/** Writes report.json and report.html into `out`. Throws a ZodError, and writes nothing, when the report is not valid. */
export const writeReport = async (out: string, report: Report): Promise<ReportFiles> => {
  const valid = reportSchema.parse(report);
  const files = { json: join(out, 'report.json'), html: join(out, 'report.html') };
  await mkdir(out, { recursive: true });
  await writeFile(files.json, formatJson(valid));
  await writeFile(files.html, renderPage(valid, await loadAssets()));
  return files;
};
