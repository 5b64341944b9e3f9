import type { GeneratorSettings } from '../../lab/src/generator/settings.ts';
import type { Progress } from './show/progress.ts';

/** What every part of the benchmark is given. */
export interface Context {
  settings: GeneratorSettings;
  /** Short windows and few rounds: to see that it works. Its figures are no evidence. */
  quick: boolean;
  progress: Progress;
}
