import type { Deployment, Topology } from '../environments/environment.ts';
import { type Breaker, createBreaker } from './faults/breaker.ts';
import { modulesOf, offersOf } from './faults/offers.ts';
import { createHarm } from './harm.ts';
import { createJournal, type Journal } from './journal.ts';
import { createPacer, highestRate } from './load/pacer.ts';
import type { Hello, Second, TopologyHello } from './messages.ts';
import { createViewers, type Viewers } from './viewers.ts';
import { createWatch } from './watch.ts';

/** Seconds kept for the export and for who opens the page later. */
const KEPT_SECONDS = 600;
const SECOND_MS = 1_000;

export interface LiveOptions {
  deployments: readonly Deployment[];
  /** How long load goes on when nobody has the page open any more. */
  unwatchedMs: number;
}

/** What the page shows and does. Nothing is asked and nothing sent while nobody looks and no load runs. */
export interface Live {
  viewers: Viewers;
  breaker: Breaker;
  journal: Journal;
  hello(): Promise<Hello>;
  /** @throws Error when load cannot begin, since a topology does not answer as it should */
  setRate(rate: number): Promise<void>;
  seconds(): readonly Second[];
  close(): void;
}

export function createLive({ deployments: list, unwatchedMs }: LiveOptions): Live {
  const deployments = new Map(list.map((one): [Topology, Deployment] => [one.topology, one]));
  const pacer = createPacer(new Map(list.map((one) => [one.topology, one.baseUrl])));
  const seconds: Second[] = [];
  const harm = createHarm();
  const viewers = createViewers(viewersChanged);
  const journal = createJournal((entry) => viewers.tell('entry', entry));
  const breaker = createBreaker(deployments, journal, () => void showParts());
  const watch = createWatch(deployments, breaker);
  let ticking: NodeJS.Timeout | undefined;
  let unwatched: NodeJS.Timeout | undefined;
  let complaint = '';

  async function showParts(): Promise<void> {
    if (viewers.count() === 0) return;
    try {
      viewers.tell('parts', await watch.look());
      complaint = '';
    } catch (error) {
      const reason = String(error);
      if (reason !== complaint)
        journal.note({ kind: 'note', text: `the components cannot be read: ${reason}` });
      complaint = reason;
    }
  }

  function tick(): void {
    const second = { at: Date.now(), rate: pacer.rate(), topologies: pacer.take() };
    seconds.push(second);
    if (seconds.length > KEPT_SECONDS) seconds.shift();
    viewers.tell('second', second);
    for (const note of harm(second)) journal.note(note);
    void showParts();
  }

  /** Starts and ends what goes on for as long as somebody looks or load runs. */
  function viewersChanged(): void {
    clearTimeout(unwatched);
    const isWatched = viewers.count() > 0;
    if (isWatched || pacer.rate() > 0) ticking ??= setInterval(tick, SECOND_MS);
    else {
      clearInterval(ticking);
      ticking = undefined;
    }
    if (!isWatched && pacer.rate() > 0) unwatched = setTimeout(() => void setRate(0), unwatchedMs);
  }

  async function setRate(rate: number): Promise<void> {
    const before = pacer.rate();
    await pacer.set(rate);
    if (rate !== before) {
      journal.note({
        kind: 'load',
        text: rate === 0 ? 'load off' : `load: ${rate} requests a second to each`,
      });
      viewers.tell('rate', rate);
    }
    viewersChanged();
  }

  return {
    viewers,
    breaker,
    journal,
    setRate,
    seconds: () => seconds,
    async hello() {
      const topologies = await Promise.all(list.map(describe));
      const log = [...journal.entries()];
      return { topologies, seconds, log, rate: pacer.rate(), highestRate };
    },
    close() {
      clearInterval(ticking);
      clearTimeout(unwatched);
      viewers.close();
      pacer.close();
    },
  };
}

async function describe(deployment: Deployment): Promise<TopologyHello> {
  const parts = (await deployment.parts()).map((part) => {
    const modules = modulesOf(deployment, part.name);
    return { name: part.name, kind: part.kind, modules, faults: offersOf(part, modules) };
  });
  return { name: deployment.topology, baseUrl: deployment.baseUrl, parts };
}
