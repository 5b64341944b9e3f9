import { readFileSync } from 'node:fs';

/** The variables of the process whose privileges the probe has. */
export const variables = (): Readonly<Record<string, string | undefined>> => process.env;

/** A variable's value, or what the file holds that `X_FILE` names, as the component itself reads it. */
export function setting(name: string): string | undefined {
  const file = variables()[`${name}_FILE`];
  return file === undefined ? variables()[name] : readFileSync(file, 'utf8').trim();
}
