import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { CannotStart } from '../cannot-start.ts';
import type { Command } from './launch.ts';

const WHY = 'PostgreSQL runs neither as root nor as a user without a name';

/**
 * PostgreSQL refuses to run as root, and initdb as a user that the system has no name for (as a container may
 * have). In a user namespace the same process, with the same rights to its own files, bears the number of a
 * user that has one: it needs no system user of its own, and works below a folder that only root may enter.
 * @throws CannotStart where there are no user namespaces
 */
export function asOrdinaryUser(command: Command): Command {
  if (process.getuid?.() !== 0 && hasName()) return command;
  if (process.platform !== 'linux') throw new CannotStart(`${WHY}: run the command as another user.`);
  const uid = namedUid();
  const args = ['-U', `--map-user=${uid}`, `--map-group=${uid}`, command.file, ...command.args];
  return { ...command, file: 'unshare', args };
}

/** What a system that does not let us has answered, in one sentence; undefined when it is about something else. */
export function explainRefusal(output: string): CannotStart | undefined {
  if (output.includes('unshare: failed to execute')) {
    return new CannotStart(`${WHY}, and this folder belongs to somebody else: run the command as its owner.`);
  }
  if (!output.includes('unshare:')) return undefined;
  return new CannotStart(
    `${WHY}, and this system permits no user namespace (unshare -U): run the command as an ordinary user.`,
  );
}

function hasName(): boolean {
  try {
    return userInfo().username !== '';
  } catch {
    return false; // that is how the absence of an entry is told
  }
}

/** The number of a user other than root that the system has a name for: nobody, or else the first. */
function namedUid(): number {
  const entries = readFileSync('/etc/passwd', 'utf8').split('\n');
  const users = entries.map((entry) => entry.split(':')).map(([name, , uid]) => ({ name, uid: Number(uid) }));
  const others = users.filter(({ uid }) => uid > 0);
  const chosen = others.find(({ name }) => name === 'nobody') ?? others[0];
  if (!chosen)
    throw new CannotStart(`${WHY}, and /etc/passwd names no other: run the command as another user.`);
  return chosen.uid;
}
