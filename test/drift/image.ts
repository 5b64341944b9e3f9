import { readFileSync } from 'node:fs';
import { root } from '../architecture/sources.ts';

const required = (pattern: RegExp, text: string): string => {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`the Dockerfile has nothing like ${String(pattern)}`);
  return found;
};

/** What the image itself says, for platforms that leave it at that. */
export const imageDefaults = (): { port: number; readiness: string } => {
  const dockerfile = readFileSync(`${root}/Dockerfile`, 'utf8');
  const admin = required(/\bADMIN_PORT=(\d+)/, dockerfile);
  return {
    port: Number(required(/ PORT=(\d+)/, dockerfile)),
    readiness: `${admin}${required(/ADMIN_PORT\}(\/\w+)/, dockerfile)}`,
  };
};
