/** Where progress is told; what a command found goes to stdout. */
export interface Say {
  /** A person looks on: a tool may draw its own progress. */
  isTerminal: boolean;
  line(text: string): void;
}

/** @param isQuiet when stdout is read by a program */
export function createSay(isQuiet: boolean): Say {
  return {
    isTerminal: !isQuiet && process.stderr.isTTY,
    line: (text) => {
      if (!isQuiet) process.stderr.write(`${text}\n`);
    },
  };
}
