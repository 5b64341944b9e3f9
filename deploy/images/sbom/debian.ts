import type { BomComponent } from './bom.ts';

/** What of the operating system an image has: itself, and its packages. */
export interface Debian {
  system: BomComponent;
  packages: BomComponent[];
}

/**
 * @param release the text of /usr/lib/os-release
 * @param status the text of /var/lib/dpkg/status
 */
export function readDebian(release: string, status: string): Debian {
  const value = (name: string): string => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(release)?.[1] ?? '';
  const [id, version] = [value('ID'), value('VERSION_ID')];
  const system = { type: 'operating-system', 'bom-ref': `${id}-${version}`, name: id, version };
  const packages = status
    .split(/\n{2,}/)
    .map(fieldsOf)
    .filter((fields) => fields.get('Status') === 'install ok installed')
    .map((fields) => packageOf(fields, { id, version }));
  return { system, packages };
}

function packageOf(
  fields: ReadonlyMap<string, string>,
  system: { id: string; version: string },
): BomComponent {
  const [name = '', version = '', arch = ''] = ['Package', 'Version', 'Architecture'].map((key) =>
    fields.get(key),
  );
  const distro = `${system.id}-${system.version}`;
  const purl = `pkg:deb/${system.id}/${encodeURIComponent(name)}@${encodeURIComponent(version)}?arch=${arch}&distro=${distro}`;
  return { type: 'library', 'bom-ref': purl, name, version, purl };
}

/** A paragraph's fields; lines that go on from the one before are of no interest here. */
const fieldsOf = (paragraph: string): Map<string, string> =>
  new Map(
    [...paragraph.matchAll(/^([A-Z][\w-]*): (.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
