import { read } from '../../lab/src/environments/compose/command.ts';

export interface Builder {
  driver: string;
  /** What it can run, its own first: `linux/amd64`. */
  platforms: string[];
}

/** The builder that `docker buildx` uses. */
export async function readBuilder(): Promise<Builder> {
  return parseBuilder(await read('docker', ['buildx', 'inspect', '--bootstrap']));
}

/** From what `docker buildx inspect` prints; it has no other form. */
export function parseBuilder(text: string): Builder {
  const field = (name: string): string => new RegExp(`^${name}:\\s+(.+)$`, 'm').exec(text)?.[1] ?? '';
  const platforms = field('Platforms')
    .split(',')
    .map((platform) => platform.trim().replace(/\*$/, ''))
    .filter((platform) => platform !== '');
  return { driver: field('Driver'), platforms };
}

/**
 * Which of the platforms asked for a builder can build, and in one sentence why not the others. The last stage runs
 * nothing, so that no builder has to run another platform's programs; but the engine's own keeps one platform only.
 */
export function sortPlatforms(
  { driver, platforms }: Builder,
  asked: readonly string[],
): { built: string[]; why: string | undefined } {
  if (driver !== 'docker') return { built: [...asked], why: undefined };
  const own = platforms.slice(0, 1);
  const built = asked.filter((platform) => own.includes(platform));
  const left = asked.filter((platform) => !own.includes(platform));
  if (left.length === 0) return { built, why: undefined };
  const how = 'docker buildx create --use --driver docker-container';
  return {
    built,
    why: `The engine's own builder keeps ${own} only, so ${left} is left out. One that can: ${how}`,
  };
}
