import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderPage } from '../src/report/page.ts';
import { syntheticReport } from './synthetic.ts';

/** The page as it was last looked at and found right. `node lab/test/report.golden.ts` writes it anew. */
export const goldenFile = join(import.meta.dirname, 'golden/report.html');

const routes = { 'GET /api/users': 10, 'GET /api/threads/:threadId/discussion': 14, 'POST /api/posts': 7 };

/** A page of few numbers, without the library and the style that real pages carry. */
export const goldenPage = async (): Promise<string> =>
  renderPage(await syntheticReport({ rate: 60, routes }), {
    styles: ['/* style */'],
    scripts: ['/* script */'],
  });

if (import.meta.main) await writeFile(goldenFile, await goldenPage());
