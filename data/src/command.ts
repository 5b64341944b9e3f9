import { Command, InvalidArgumentError, Option } from 'commander';
import { type DatabaseName, databaseNames } from './target.ts';

export interface Arguments {
  posts: number;
  seed: number;
  replace: boolean;
  /** The data folder of a running environment. */
  data?: string | undefined;
  /** Databases that are named one by one, instead of an environment. */
  urls: Partial<Record<DatabaseName, string | undefined>>;
}

const mostPosts = 10_000_000;

interface Options {
  posts: number;
  seed: number;
  replace: boolean;
  data?: string;
  monolithDb?: string;
  usersDb?: string;
  threadsDb?: string;
  postsDb?: string;
}

/** Reads the command line, and the variables that may hold URLs. */
export function readArguments(argv: readonly string[]): Arguments {
  const command = new Command('npm run data --')
    .description(
      'Makes posts, and a user and a thread for ten of them, and loads the same rows into both topologies.\n' +
        'The same seed makes the same rows. They follow the rows that every fresh database has.',
    )
    .requiredOption('--posts <number>', `how many posts, at most ${mostPosts}`, whole(1, mostPosts))
    .option('--seed <number>', 'another seed makes other rows', whole(0, 2_147_483_647), 1)
    .option('--replace', 'first remove what is there beyond the first rows; reads wait meanwhile', false)
    .option('--data <dir>', 'the data folder of the environment (default: the running one)');
  for (const name of databaseNames) command.addOption(urlOption(name));
  const { posts, seed, replace, data, ...urls } = command
    .addHelpText('after', examples)
    .parse(argv, { from: 'user' })
    .opts<Options>();
  return {
    posts,
    seed,
    replace,
    data,
    urls: {
      'monolith-db': urls.monolithDb,
      'users-db': urls.usersDb,
      'threads-db': urls.threadsDb,
      'posts-db': urls.postsDb,
    },
  };
}

const urlOption = (name: DatabaseName): Option =>
  new Option(`--${name} <url>`, 'this database, as the role that owns its tables')
    .env(`${name.toUpperCase().replace('-', '_')}_URL`)
    .argParser((value) => {
      const protocol = URL.parse(value)?.protocol;
      if (protocol === 'postgres:' || protocol === 'postgresql:') return value;
      throw new InvalidArgumentError('It is not a postgres:// URL.');
    });

const whole = (least: number, most: number) => (value: string) => {
  if (/^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value);
  throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
};

const examples = `
Where any of the four databases is named, only those that are named are loaded.

Examples:
  npm run data -- --posts 100000                 into what npm start runs
  npm run data -- --posts 1000000 --replace      instead of what was loaded before
  npm run data -- --posts 5000 --data .data      into what npm start -- --data .data runs
  USERS_DB_URL=postgres://… THREADS_DB_URL=postgres://… POSTS_DB_URL=postgres://… \\
    npm run data -- --posts 100000               into databases elsewhere, passwords out of sight`;
