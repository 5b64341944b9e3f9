import { CannotStart } from '../../lab/src/environments/cannot-start.ts';
import type { Part } from './part.ts';
import { dataPathPart } from './parts/data-path/data-path.ts';
import { gatewayPart } from './parts/gateway/gateway.ts';
import { growthPart } from './parts/growth/growth.ts';
import { overloadPart } from './parts/overload/overload.ts';
import { startPart } from './parts/start.ts';
import { taxPart } from './parts/tax/tax.ts';

/** In the order in which they run. */
export const parts: readonly Part[] = [
  gatewayPart,
  dataPathPart,
  taxPart,
  overloadPart,
  startPart,
  growthPart,
];

/** The parts with these names; without names all of them. @throws CannotStart for a name that no part has */
export function partsNamed(names: readonly string[]): readonly Part[] {
  const stranger = names.find((name) => !parts.some((part) => part.name === name));
  const known = parts.map(({ name }) => name).join(', ');
  if (stranger !== undefined) throw new CannotStart(`"${stranger}" is no part: there are ${known}.`);
  return names.length === 0 ? parts : parts.filter(({ name }) => names.includes(name));
}
