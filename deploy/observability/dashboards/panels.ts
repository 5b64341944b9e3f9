// The parts of a dashboard, in Grafana's own form where it has one.

/** A query and the name of its lines: `{{route}}` stands for a label. */
export interface Query {
  expr: string;
  legend: string;
}

/** Units by Grafana's names. */
export type Unit = 'short' | 's' | 'reqps' | 'ops' | 'bytes' | 'percentunit' | 'none' | 'cps';

export interface Panel {
  title: string;
  /** What a reader is to make of it. */
  description: string;
  type: 'timeseries' | 'stat' | 'state-timeline';
  unit: Unit;
  queries: Query[];
  /** Of a dashboard's 24 columns. */
  width: number;
  /** What a number means, and its colour. */
  mappings?: Readonly<Record<string, { text: string; color: string }>>;
  isStacked?: boolean;
}

/** Lines over time. */
export const lines = (
  title: string,
  unit: Unit,
  description: string,
  queries: Query | Query[],
  more: Partial<Pick<Panel, 'width' | 'isStacked'>> = {},
): Panel => ({ title, type: 'timeseries', unit, description, queries: [queries].flat(), width: 8, ...more });

/** The last value of each query, as a number. */
export const numbers = (title: string, unit: Unit, description: string, queries: Query | Query[]): Panel => ({
  title,
  type: 'stat',
  unit,
  description,
  queries: [queries].flat(),
  width: 8,
});

/** A band for each query, coloured by the state that its number stands for. */
export const states = (
  title: string,
  description: string,
  queries: Query | Query[],
  mappings: NonNullable<Panel['mappings']>,
): Panel => ({
  title,
  type: 'state-timeline',
  unit: 'none',
  description,
  queries: [queries].flat(),
  width: 24,
  mappings,
});
