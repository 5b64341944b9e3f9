import { createInterface } from 'node:readline/promises';
import { Refused } from './site.ts';

/** Asks before what cannot be undone. @throws Refused when the answer is not yes, or there is nobody to ask */
export async function confirm(consequence: string, agreed: boolean): Promise<void> {
  if (agreed) return;
  if (!process.stdin.isTTY) throw new Refused(`${consequence} Say --yes to do it.`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await terminal.question(`${consequence} Type yes to go on: `);
    if (answer.trim() !== 'yes') throw new Refused('Nothing was done.');
  } finally {
    terminal.close();
  }
}
