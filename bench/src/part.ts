import type { PartResult } from './result.ts';
import type { Ground } from './run/ground.ts';

/** What a part finds; the rest of its result says where and when. */
export type Findings = Pick<PartResult, 'notes' | 'tables' | 'charts' | 'bars' | 'windows'>;

/** One subject of the benchmark. */
export interface Part {
  name: string;
  title: string;
  /** That it takes on two cores. */
  minutes: number;
  run(ground: Ground): Promise<Findings>;
}
