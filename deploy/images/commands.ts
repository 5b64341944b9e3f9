// What `npm run images` can do, each a function of its options.
import { CannotStart } from '../../lab/src/environments/cannot-start.ts';
import { layouts } from '../../lab/src/environments/layout.ts';
import { withStack } from '../compose/with-stack.ts';
import { type BuiltImage, buildImages } from './build.ts';
import { readBuilder, sortPlatforms } from './builder.ts';
import { changeOneLine } from './change.ts';
import { measureWeights } from './measure.ts';
import { type Pushed, push } from './push.ts';
import { writeIntoReadme } from './readme.ts';
import { createSay, type Say } from './say.ts';
import { builtTable, changeTable, isOneLayerEach } from './summary.ts';
import { weightTable } from './table.ts';
import { readTargets } from './targets.ts';

export interface BuildAsked {
  tag: string;
  push?: string;
  platform?: string[];
  sbom: string;
  json?: true;
}

const print = (json: boolean, value: unknown, text: string): void =>
  void process.stdout.write(json ? `${JSON.stringify(value, null, 2)}\n` : text);

/** Builds images, and pushes them where that is asked for. @throws CannotStart, and Error when a build fails */
export async function build(names: string[], asked: BuildAsked, signal: AbortSignal): Promise<void> {
  const { tag, push: registry, sbom: folder, json = false } = asked;
  const say = createSay(json);
  const platforms = await possiblePlatforms(asked, say);
  const built = await buildImages(
    await readTargets(names),
    { tag, platforms, registry, folder },
    { say, signal },
  );
  const pushed =
    registry !== undefined && platforms.length === 0 ? await pushAll(built, registry, say, signal) : [];
  const images = built.map((image) => ({
    ...image,
    pushed: pushed.find(({ reference }) => reference.endsWith(`/${image.image}`)) ?? null,
  }));
  print(json, images, builtTable(built, pushed));
}

/** Those of the platforms asked for that the builder can build; none when only its own was meant. */
async function possiblePlatforms({ platform = [], push: registry }: BuildAsked, say: Say): Promise<string[]> {
  if (platform.length === 0) return [];
  const builder = await readBuilder();
  const { built, why } = sortPlatforms(builder, platform);
  if (why !== undefined) say.line(why);
  if (built.length === 0) throw new CannotStart(`Nothing is left to be built for ${platform.join(', ')}.`);
  const isOwn = built.length === 1 && built[0] === builder.platforms[0];
  if (!isOwn && registry === undefined)
    throw new CannotStart('Images of another platform can only be pushed: add --push REGISTRY.');
  return isOwn ? [] : built;
}

async function pushAll(
  built: readonly BuiltImage[],
  registry: string,
  say: Say,
  signal: AbortSignal,
): Promise<Pushed[]> {
  const all: Pushed[] = [];
  for (const { image } of built) {
    const pushed = await push(image, `${registry}/${image}`, signal);
    say.line(`${pushed.reference} is pushed: ${pushed.sent} layers sent, ${pushed.known} were there`);
    all.push(pushed);
  }
  return all;
}

/** Shows what one changed line rebuilds and pushes; the exit status is 1 when it is more than it should be. */
export async function change(asked: { push?: string; json?: true }, signal: AbortSignal): Promise<void> {
  const { push: registry, json = false } = asked;
  const changed = await changeOneLine(await readTargets(), registry, { say: createSay(json), signal });
  print(json, changed, changeTable(changed));
  if (!isOneLayerEach(changed)) process.exitCode = 1;
}

/** Measures images, idle memory and starts of everything under docker compose. */
export async function table(asked: { write?: true; json?: true }, base: string): Promise<void> {
  const { write = false, json = false } = asked;
  const say = createSay(json);
  const { monolith, microservices } = layouts;
  const components = [...monolith.services, ...microservices.services].map(({ name }) => name);
  const databases = [...monolith.databases, ...microservices.databases];
  await withStack(async (stack) => {
    say.line('Building the images and starting both topologies ...');
    await stack.up();
    const weights = await measureWeights(stack, { components, databases, base, say });
    const text = await weightTable(weights, base);
    print(json, weights, `${text}\n`);
    if (write) await writeIntoReadme(text);
  });
}
