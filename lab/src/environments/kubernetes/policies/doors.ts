import { partsOf } from '../../compose/deployment.ts';
import { layouts } from '../../layout.ts';
import type { Space } from '../space.ts';
import type { Door } from './knock.ts';

const portsOf = (part: string): number[] => (part.endsWith('-db') ? [5432] : [8080, 9090]);

/** Traffic, admin and database ports of every first pod, by address: no name hides them. */
export async function doorsOf(space: Space): Promise<{ entrance: Door[]; inner: Door[] }> {
  const { entrance } = layouts[space.topology];
  const doors = await Promise.all(
    partsOf(space.topology).map(async (part) => {
      const { address: host = '' } = await space.firstPod(part);
      return portsOf(part).map((port) => ({ name: `${part} ${port}`, host, port }));
    }),
  );
  const isEntrance = ({ name }: Door): boolean => name === `${entrance} 8080`;
  return {
    entrance: doors.flat().filter(isEntrance),
    inner: doors.flat().filter((door) => !isEntrance(door)),
  };
}
