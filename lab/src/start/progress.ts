import { componentCount } from '../environments/local/start-up.ts';

/** What is said while the environment starts and runs. */
export interface Progress {
  /** Counts a component that became ready. */
  ready: (name: string) => void;
  /** Prints a sentence on a line of its own. */
  say: (sentence: string) => void;
  /** Ends the progress line. */
  done: () => void;
}

/** Progress on a terminal is one line that changes, elsewhere one line in all. */
export function createProgress(stream: NodeJS.WriteStream, quiet: boolean): Progress {
  let count = 0;
  let line = false;
  const clear = (): void => {
    if (line) stream.write('\r\x1b[2K');
    line = false;
  };
  const show = (text: string): void => {
    clear();
    stream.write(text);
    line = true;
  };
  if (!quiet && stream.isTTY) show('Starting PostgreSQL …');
  return {
    ready(name) {
      count += 1;
      if (quiet) return;
      if (stream.isTTY) show(`Starting: ${count} of ${componentCount} ready (${name}) …`);
      else if (count === 1) stream.write('Starting both topologies …\n');
    },
    say(sentence) {
      clear();
      stream.write(`${sentence}\n`);
    },
    done: clear,
  };
}
