import type { Deployment, Part } from '../environments/environment.ts';

const isDown = ({ replicas }: Part): boolean =>
  replicas.length === 0 || replicas.some(({ pid }) => pid === undefined);

const order = ['database', 'service', 'gateway'];

/** Starts everything of a topology that is down, databases first, whether it was killed or has ended under its load. */
export const bringBack = async (deployment: Deployment): Promise<void> => {
  const down = (await deployment.parts())
    .filter(isDown)
    .sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
  for (const { name } of down) await deployment.restore(name);
};
