import { type Fault, type MainTopology, mainTopologies, type Report } from '../report/schema.ts';
import { cellsOf, curvesOf, timelineOf } from '../trial/cells.ts';
import { boundsMs } from '../trial/distribution.ts';
import type { RouteTally, TrialTally } from '../trial/tally.ts';
import { compareRoutes, groups } from './groups.ts';

/** Which cell: a route or group of routes of one topology under one fault. */
type Place = { topology: MainTopology; fault: Fault; route: string };

/** A finished trial: whose it was and what its requests came to. */
export type CountedTrial = { topology: MainTopology; tally: TrialTally };

type Series = { place: Place; trials: RouteTally[] };

const seriesOf = (trials: readonly CountedTrial[], topology: MainTopology, fault: Fault): Series[] => {
  const own = trials.filter((trial) => trial.topology === topology);
  const byName = new Map<string, RouteTally[]>();
  for (const { tally } of own) {
    for (const [name, route] of tally.byFault.get(fault) ?? [])
      byName.set(name, [...(byName.get(name) ?? []), route]);
  }
  return [...byName].map(([route, tallies]) => ({ place: { topology, fault, route }, trials: tallies }));
};

const isGroup = ({ place }: Series): boolean => groups.some((group) => group === place.route);

/** Everything in a report that is counted from the requests of its trials. */
export const findings = (
  trials: readonly CountedTrial[],
  faults: readonly Fault[],
): Pick<Report, 'cells' | 'pooled' | 'timelines' | 'boundsMs' | 'distributions'> => {
  const series = faults.flatMap((fault) =>
    mainTopologies.flatMap((topology) => seriesOf(trials, topology, fault)),
  );
  series.sort((a, b) => compareRoutes(a.place.route, b.place.route));
  const cells = (wanted: Series[]) => wanted.flatMap(({ place, trials: tallies }) => cellsOf(place, tallies));
  return {
    cells: cells(series.filter((one) => !isGroup(one))),
    pooled: groups.flatMap((group) => cells(series.filter(({ place }) => place.route === group))),
    timelines: series.map((one) => timelineOf(one.place, one.trials)),
    boundsMs: [...boundsMs],
    distributions: series.flatMap((one) => curvesOf(one.place, one.trials)),
  };
};
