// `npm run aws -- <verb>`: puts Cleave onto ECS, moves traffic path by path, and takes everything away again.
import { CommanderError } from 'commander';
import { createClients } from './clients.ts';
import { readConfig } from './config.ts';
import { createProgram } from './program.ts';
import { Refused, type Site } from './site.ts';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const config = readConfig(process.env);

const program = createProgram((name): Site => {
  const clients = createClients(config.emulated);
  // an emulator is asked often, AWS as often as it likes to be
  return { name, clients, ...config, lookMs: config.emulated ? 500 : 5_000, say };
});

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof Refused) {
    say(error.message);
    process.exitCode = 1;
  } else if (isOfAws(error)) {
    say(`AWS refused it: ${error.name}: ${error.message}`);
    process.exitCode = 1;
  } else throw error;
}

/** Credentials that are missing, rights that are not given, a region that is unknown: the SDK's words are enough. */
function isOfAws(error: unknown): error is Error {
  return error instanceof Error && ('$metadata' in error || /^(Credentials|Region|Token)/.test(error.name));
}
