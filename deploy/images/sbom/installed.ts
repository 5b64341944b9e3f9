import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { BomComponent } from './bom.ts';

const manifest = z.object({ name: z.string(), version: z.string(), license: z.unknown().optional() });

/**
 * The npm packages that are in a folder, by their own manifests, each once. A package's manifest is at its top: those
 * further down only tell Node how to load a folder.
 */
export function readInstalled(folder: string): BomComponent[] {
  const files = globSync('**/node_modules/{[!@.]*,@*/*}/package.json', { cwd: folder });
  const found = new Map<string, BomComponent>();
  for (const file of files.sort()) {
    const { name, version, license } = manifest.parse(JSON.parse(readFileSync(join(folder, file), 'utf8')));
    const purl = `pkg:npm/${name.replace(/^@/, '%40')}@${encodeURIComponent(version)}`;
    const licenses = typeof license === 'string' ? { licenses: [licenseOf(license)] } : {};
    found.set(purl, { type: 'library', 'bom-ref': purl, name, version, purl, ...licenses });
  }
  return [...found.values()];
}

const licenseOf = (license: string): object =>
  / (AND|OR|WITH) /.test(license) ? { expression: license } : { license: { name: license } };
