// Runs the acceptance suite on one platform.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describeCommit, describeMachine } from '../compare/machine.ts';
import type { Topology } from '../environments/environment.ts';
import { findGenerator } from '../generator/find-generator.ts';
import type { Generator } from '../generator/generator.ts';
import { warm } from '../trial/warm.ts';
import type { Check, CheckContext, CheckName, CheckResult, Form } from './check.ts';
import { checks } from './checks.ts';
import { putLoad } from './load.ts';
import { platformOpener } from './open-platform.ts';
import type { Platform, PlatformName } from './platform.ts';
import { type AcceptRecord, type CheckRecord, readRecord, totals, writeRecord } from './record.ts';

export interface AcceptOptions {
  env: PlatformName;
  /** Default: all. */
  check?: readonly CheckName[];
  form: Form;
  /** Holds a folder for each platform. */
  out: string;
}

type Say = (line: string) => void;

const WARM_SECONDS = 5;

/**
 * Runs the chosen checks one after the other and removes everything, also when aborted. A check that throws has failed.
 * @throws CannotStart when the platform or its topologies do not start; the signal's reason when aborted
 */
export async function runAccept(
  options: AcceptOptions,
  signal: AbortSignal,
  say: Say,
): Promise<AcceptRecord> {
  const began = Date.now();
  const folder = join(options.out, options.env);
  const chosen = checks.filter(({ name }) => options.check?.includes(name) ?? true);
  const applicable = chosen.filter(({ platforms }) => platforms.includes(options.env));
  await Promise.all(chosen.map(({ name }) => rm(join(folder, name), { recursive: true, force: true })));
  const { cpu, cores, memoryGiB, os } = await describeMachine();
  const generator = await findGenerator({ log: say });
  const open = await platformOpener(options.env);
  const platform = await open({ report: say, signal });
  const down = (): Promise<void> => platform.environment.down();
  signal.addEventListener('abort', () => void down().catch((error: unknown) => say(String(error))), {
    once: true,
  });
  const earlier = (await readRecord(folder))?.checks ?? [];
  try {
    const about = await platform.describe();
    for (const fact of about) say(fact);
    await bringUp(platform, needed(applicable, options.form), signal, say);
    const run: CheckRecord[] = [];
    for (const check of chosen)
      run.push(await runOne(check, { options, platform, generator, folder, signal, say }));
    const kept = earlier.filter(({ name }) => !run.some((check) => check.name === name));
    const all = checks.flatMap(({ name }) => [...run, ...kept].filter((check) => check.name === name));
    const record: AcceptRecord = {
      schema: 1,
      platform: options.env,
      commit: await describeCommit(),
      startedAt: new Date(began).toISOString(),
      seconds: Math.round((Date.now() - began) / 1_000),
      machine: `${cores} × ${cpu}, ${memoryGiB} GiB, ${os}`,
      about,
      generator: `${generator.engine.name} ${generator.engine.version}`,
      checks: all,
      ...totals(all),
    };
    await writeRecord(folder, record);
    return record;
  } catch (error) {
    signal.throwIfAborted(); // what broke since it was told to end is no news
    throw error;
  } finally {
    await down();
  }
}

const needed = (applicable: readonly Check[], form: Form): Topology[] => {
  const each = applicable.flatMap(({ topologies, short }) => (form === 'short' && short) || topologies);
  return [...new Set(each)];
};

async function bringUp(
  { environment, name }: Platform,
  topologies: readonly Topology[],
  signal: AbortSignal,
  say: Say,
): Promise<void> {
  if (topologies.length === 0) return;
  say(`Starting ${topologies.join(', ')} on ${name}.`);
  await environment.up(topologies, (what) => say(`ready: ${what}`));
  const urls = topologies.map((topology) => environment.deployment(topology).baseUrl);
  await warm(urls, WARM_SECONDS, signal);
  say(`All are up: ${topologies.map((topology, index) => `${topology} at ${urls[index]}`).join(', ')}.`);
}

interface Tools {
  options: AcceptOptions;
  platform: Platform;
  generator: Generator;
  folder: string;
  signal: AbortSignal;
  say: Say;
}

async function runOne(check: Check, tools: Tools): Promise<CheckRecord> {
  const { options, platform, signal, say } = tools;
  const { name, title, platforms } = check;
  signal.throwIfAborted();
  const began = Date.now();
  const tell = (line: string): void => say(`${name}: ${line}`);
  const result = platforms.includes(platform.name)
    ? await outcomeOf(check, await contextOf(check, tools, tell), signal)
    : notApplicable(platform.name);
  const seconds = Math.round((Date.now() - began) / 1_000);
  tell(`${result.ok === true ? 'ok' : result.ok === false ? 'FAILED' : 'not applicable'} after ${seconds} s`);
  const { form } = options;
  return { name, title, startedAt: new Date(began).toISOString(), seconds, form, ...result };
}

const notApplicable = (name: PlatformName): CheckResult => ({
  ok: 'not applicable',
  saw: [`${name} has nothing of the kind.`],
});

/** A check that broke has failed, and says how; but an end that was asked for is none. */
async function outcomeOf(check: Check, context: CheckContext, signal: AbortSignal): Promise<CheckResult> {
  try {
    const result = await check.run(context);
    for (const line of result.saw) context.say(line);
    return result;
  } catch (error) {
    signal.throwIfAborted();
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.say(reason);
    return { ok: false, saw: [`It broke off: ${reason}`] };
  }
}

async function contextOf({ name }: Check, tools: Tools, say: Say): Promise<CheckContext> {
  const { options, platform, generator, signal } = tools;
  const folder = join(tools.folder, name);
  await mkdir(folder, { recursive: true });
  return {
    platform,
    form: options.form,
    folder,
    signal,
    generator,
    say,
    load: (order, meanwhile) => {
      const { baseUrl } = platform.environment.deployment(order.topology);
      return putLoad({ generator, folder, signal, baseUrl: order.baseUrl ?? baseUrl }, order, meanwhile);
    },
  };
}
