import { Command } from 'commander';
import { CannotStart } from './environments/cannot-start.ts';
import { removeDataFolder } from './environments/local/data-folder.ts';

const { data } = new Command('npm run reset --')
  .description('Removes the data that npm start -- --data DIR kept.')
  .option('--data <dir>', 'the folder', '.data')
  .addHelpText('after', '\nExamples:\n  npm run reset\n  npm run reset -- --data /tmp/forum')
  .parse()
  .opts<{ data: string }>();

try {
  const removed = await removeDataFolder(data);
  console.log(removed ? `Removed ${data}.` : `There is no ${data}: nothing to remove.`);
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
