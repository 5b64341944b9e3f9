import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadStudyAssets } from '../report/assets.ts';
import { experiments, type Listed } from './list.ts';
import { planSectionOf } from './plan/section.ts';
import { openStore } from './store.ts';
import { labOptions, readStudy, type Study } from './study.ts';
import { type Chapter, renderStudy } from './study-page.ts';

/** A study's report: the files, and how much is missing. */
export interface StudyReport {
  html: string;
  json: string;
  chapters: Chapter[];
  /** Trials that were void and have no sound one. */
  missing: number;
}

const chapterOf = async (
  out: string,
  study: Study,
  { title, experiment }: Listed,
): Promise<Chapter | undefined> => {
  const store = openStore(out, experiment);
  const kept = await store.all();
  if (kept.length === 0) return undefined;
  return {
    name: experiment.name,
    title,
    slots: kept.length,
    voids: kept.flatMap(({ slot, voids }) => voids.map((reason) => ({ slot, reason }))),
    unrepeated: await store.unrepeated(),
    section: await experiment.section(kept, store.folder, labOptions(study)),
  };
};

const json = (study: Study, chapters: readonly Chapter[]) => ({
  study,
  experiments: Object.fromEntries(
    chapters.map(({ name, slots, voids, unrepeated, section }) => [
      name,
      { slots, voids, unrepeated, findings: section.findings, data: section.data },
    ]),
  ),
});

/**
 * Counts everything in the results folder `out` anew and writes report.html and report.json there.
 * @throws Error in one sentence when there is no study or nothing finished in it
 */
export const writeStudyReport = async (out: string): Promise<StudyReport> => {
  const study = await readStudy(out);
  if (study === undefined) throw new Error(`${out} holds no study: there is no study.json.`);
  const chapters: Chapter[] = [];
  for (const listed of experiments) {
    const chapter = await chapterOf(out, study, listed);
    if (chapter !== undefined) chapters.push(chapter);
  }
  const planned = await planSectionOf(out);
  if (planned !== undefined)
    chapters.push({ name: 'plan', title: 'Plan', slots: 0, voids: [], unrepeated: [], section: planned });
  if (chapters.length === 0) throw new Error(`Nothing was finished in ${out} yet.`);
  const files = { html: join(out, 'report.html'), json: join(out, 'report.json') };
  await writeFile(files.json, `${JSON.stringify(json(study, chapters), null, 1)}\n`);
  await writeFile(files.html, renderStudy(study, chapters, await loadStudyAssets()));
  return {
    ...files,
    chapters,
    missing: chapters.reduce((sum, { unrepeated }) => sum + unrepeated.length, 0),
  };
};
