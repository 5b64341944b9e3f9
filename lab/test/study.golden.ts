import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderStudy } from '../src/experiments/study-page.ts';
import { exampleChapters, exampleStudy } from './study.example.ts';

/** A study's page as it was last looked at and found right. `node lab/test/study.golden.ts` writes it anew. */
export const goldenStudyFile = join(import.meta.dirname, 'golden/study.html');

/** Without the library and the style that real pages carry. */
export const goldenStudy = (): string =>
  renderStudy(exampleStudy, exampleChapters, { styles: ['/* style */'], scripts: ['/* script */'] });

if (import.meta.main) await writeFile(goldenStudyFile, goldenStudy());
