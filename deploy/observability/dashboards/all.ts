import type { Dashboard } from './dashboard.ts';
import { gateway } from './gateway.ts';
import { goldenSignals } from './golden-signals.ts';
import { node } from './node.ts';
import { postgresql } from './postgresql.ts';

/** Every dashboard by the name of its file, without `.json`. */
export const dashboards: Readonly<Record<string, Dashboard>> = {
  'golden-signals': goldenSignals,
  gateway,
  node,
  postgresql,
};
