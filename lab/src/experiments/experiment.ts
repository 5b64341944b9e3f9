// What an experiment is. The runner (run.ts) knows no more of it than this.
import type { z } from 'zod';
import type { Environment, EnvironmentName, Topology } from '../environments/environment.ts';
import type { Generator } from '../generator/generator.ts';
import type { Html } from '../report/html.ts';

/** What the command line asked for. */
export interface LabOptions {
  env: EnvironmentName;
  topologies: readonly Topology[];
  /** Trials of a cell; undefined: the experiment's own number. Controls get half as many, at least 3 (1 if quick). */
  trials: number | undefined;
  /** Few and short trials: shows that all of it works, proves little, and the report says so. */
  quick: boolean;
  /** Of everything that is drawn by chance, so that an order can be repeated. */
  seed: number;
  /** Requests a second of `isolation`; without it, the experiment's own. */
  rate?: number;
}

/** One unit of work: done once, kept, never repeated after an interruption. */
export interface Slot {
  /** Unique within the experiment; letters, digits, dots and hyphens: it names files. */
  id: string;
  /** For whoever waits: "microservices, posts killed, trial 2". */
  title: string;
  /** What has to be up for it; none: the experiment needs no running topology. */
  topologies: readonly Topology[];
  /** About how long it takes, for the progress line. */
  seconds: number;
}

export interface Context {
  options: LabOptions;
  /** Has the slot's topologies up. */
  environment: Environment;
  generator: Generator;
  /** The experiment's own folder in the results: raw samples go here. */
  folder: string;
  signal: AbortSignal;
  say: (line: string) => void;
}

/** The trial says nothing and is repeated: load not kept up, a fault not seen. The message is the reason. */
export class Void extends Error {}

/** A finished slot as it is kept. */
export interface Kept<R> {
  slot: string;
  startedAt: string;
  seconds: number;
  /** Why earlier attempts were void. */
  voids: string[];
  record: R;
}

/** The questions that a report answers at its top. */
export const questions = ['what-breaks', 'what-it-costs', 'what-it-buys', 'noise'] as const;
export type Question = (typeof questions)[number];

/** A sentence made from numbers, neutral about who wins. */
export interface Finding {
  question: Question;
  text: string;
  /** Which control could have explained it, and what it showed. */
  control?: string;
}

/** A line of the table at the top of a report: one figure a topology. */
export interface SummaryRow {
  question: Question;
  /** What the figure is, with its circumstances: "median answer with nothing broken". */
  label: string;
  values: Partial<Record<Topology, string>>;
}

export interface Section {
  /** The few figures that a reader wants first. */
  summary?: SummaryRow[];
  /** Findings, the most important first. */
  findings: Finding[];
  /** The section of the page, from <section id=name> to </section>; plots by report/plot.ts. */
  html: Html;
  /** The numbers, for report.json. */
  data: unknown;
}

/** `R` is what one slot leaves behind: plain JSON, checked by `schema` when it is read again. */
export interface Experiment<R> {
  name: string;
  schema: z.ZodType<R>;
  /** All slots in the order in which they are run. */
  slots(options: LabOptions): Slot[];
  /** Throws Void or NotWell when the slot has to be repeated; anything else ends the run. */
  run(slot: Slot, context: Context): Promise<R>;
  /** After a void trial: brings the topologies back to a sound state; without it, what is down is started. */
  mend?(slot: Slot, context: Context): Promise<void>;
  /** Everything that the report says, counted anew from what was kept. `folder` as in Context. */
  section(kept: readonly Kept<R>[], folder: string, options: LabOptions): Promise<Section>;
}
