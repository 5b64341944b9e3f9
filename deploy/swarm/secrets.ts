// Makes the credentials of a stack's databases as Swarm secrets, once, and removes them:
//   node deploy/swarm/secrets.ts make cleave microservices
//   node deploy/swarm/secrets.ts remove cleave
import { allTopologies } from '../../lab/src/environments/environment.ts';
import { makeSecrets, removeSecrets } from '../../lab/src/environments/swarm/secrets.ts';

const [verb, stack = '', name] = process.argv.slice(2);
const topology = allTopologies.find((each) => each === name);

async function run(): Promise<string | undefined> {
  if (verb === 'make' && stack !== '' && topology) {
    const made = await makeSecrets(stack, topology);
    return made.length === 0 ? `The secrets of ${stack} are there.` : `Made ${made.join(', ')}.`;
  }
  if (verb === 'remove' && stack !== '' && name === undefined) {
    return `Removed ${(await removeSecrets(stack)).join(', ') || 'nothing'}.`;
  }
  return undefined;
}

try {
  const said = await run();
  const usage = `node deploy/swarm/secrets.ts make STACK ${allTopologies.join('|')}, or remove STACK`;
  if (said === undefined) process.exitCode = 2;
  (said === undefined ? process.stderr : process.stdout).write(`${said ?? usage}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
