import type { Stack } from '../stacks/stack.ts';
import { type ComponentName, componentNames } from './components.ts';

/**
 * On whose database a component works: on the monolith's where that runs, so that a path may go to either side; else on
 * its own. What was chosen once stays: elsewhere there would be no data.
 */
export function dataOf(
  component: ComponentName,
  stacks: ReadonlyMap<string, Stack>,
  monolith: boolean,
): ComponentName {
  const chosen = stacks.get(`migration-${component}`)?.parameters.DataOf;
  return componentNames.find((name) => name === chosen) ?? (monolith ? 'monolith' : component);
}

/** The servers that are needed, each with whether services share the monolith's. */
export function databasesOf(
  wanted: readonly { component: ComponentName; dataOf: ComponentName }[],
): [ComponentName, boolean][] {
  const servers = new Set(wanted.map((one) => one.dataOf));
  return [...servers].map((server) => [
    server,
    wanted.some((one) => one.dataOf === server && one.component !== server),
  ]);
}
