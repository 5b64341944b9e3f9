import { InvalidArgumentError } from 'commander';

/** A tag as registries take it. */
export function tag(text: string): string {
  if (/^\w[\w.-]{0,127}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a tag, as in 1.4.0.');
}

/** A registry's host, and a path in it where it has one; no scheme, no tag. */
export function registry(text: string): string {
  if (/^[\w.-]+(:\d+)?(\/[a-z0-9._-]+)*$/.test(text)) return text;
  throw new InvalidArgumentError('Give it as in localhost:5000 or registry.example/team.');
}

/** Platforms with commas between. */
export function platforms(text: string): string[] {
  const names = text.split(',');
  if (names.every((name) => /^linux\/[a-z0-9]+(\/v\d)?$/.test(name))) return names;
  throw new InvalidArgumentError('Give them as in linux/amd64,linux/arm64.');
}
