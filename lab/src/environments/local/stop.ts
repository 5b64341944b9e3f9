import type { Deployed } from './deployed.ts';

/** Stops every process that there may be, those that are on their way in or out too: databases last. */
export async function stopAll(all: readonly Deployed[]): Promise<void> {
  const members = all.flatMap(({ ground }) => [...ground.members]);
  const isServer = (member: (typeof members)[number]) => member.instance === undefined;
  await Promise.all(members.filter((member) => !isServer(member)).map(({ process }) => process.stop()));
  await Promise.all(members.filter(isServer).map(({ process }) => process.stop()));
}
