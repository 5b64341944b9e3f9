import { Command } from 'commander';
import { writeSideBySide } from '../side-by-side/write.ts';

/** `npm run lab -- side-by-side DIR DIR`: the isolation experiment of several environments on one page. */
export const sideBySideCommand = (): Command =>
  new Command('side-by-side')
    .description('puts the isolation experiment of several results folders on one page')
    .argument('<dirs...>', 'results folders, of one environment each')
    .option('--out <dir>', 'where the page goes', 'lab-results')
    .action(async (dirs: string[], { out }: { out: string }) => {
      const { html, json, differing } = await writeSideBySide(dirs, out);
      process.stdout.write(
        `${differing} cells differ by more than chance.\n\nReport: ${html}\nNumbers: ${json}\n`,
      );
    });
