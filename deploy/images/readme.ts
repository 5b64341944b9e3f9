import { readFile, writeFile } from 'node:fs/promises';

const readme = new URL('../../README.md', import.meta.url);
const marked = /(<!-- images:begin -->\n).*(<!-- images:end -->)/s;

/** Replaces what README.md has between its marks. @throws Error when it has no marks */
export async function writeIntoReadme(table: string): Promise<void> {
  const text = await readFile(readme, 'utf8');
  if (!marked.test(text)) throw new Error('README.md has no images:begin and images:end marks.');
  await writeFile(
    readme,
    text.replace(marked, (_, begin: string, end: string) => `${begin}${table}\n${end}`),
  );
}
