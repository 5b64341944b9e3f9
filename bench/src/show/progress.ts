import { Presets, SingleBar } from 'cli-progress';

/** What a person sees while the benchmark runs. */
export interface Progress {
  /** Begins something of so many steps. */
  begin(what: string, steps: number): void;
  /** Says which step is next. */
  step(name: string): void;
  /** Ends what was begun. */
  end(): void;
  /** A line that stays. */
  say(sentence: string): void;
}

/** A bar that changes on a terminal, elsewhere a line for each thing that begins. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined;
  let done = 0;
  const end = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    begin(what, steps) {
      end();
      done = 0;
      if (!stream.isTTY) return void stream.write(`  ${what}\n`);
      const format = `{bar} {percentage} % · ${what}{name} · {eta_formatted} left`;
      bar = new SingleBar(
        { stream, format, hideCursor: true, clearOnComplete: true },
        Presets.shades_classic,
      );
      bar.start(steps, 0, { name: '' });
    },
    step: (name) => bar?.update(done++, { name: `: ${name}` }),
    end,
    say(sentence) {
      end();
      stream.write(`${sentence}\n`);
    },
  };
}
