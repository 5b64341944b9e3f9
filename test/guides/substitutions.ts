/**
 * What a guide says for its readers and a machine without their tools does in another way. Nothing else is changed, and
 * every change is printed. The key is the exact text in the guide.
 */
export interface Substitution {
  text: string;
  instead: string;
  why: string;
}

const noPulls = 'an engine that cannot reach a registry';

/** By the guide's file name. */
export const substitutions: Readonly<Record<string, readonly Substitution[]>> = {
  'swarm.md': [
    {
      text: 'docker stack deploy',
      instead: 'docker stack deploy --resolve-image never',
      why: noPulls,
    },
  ],
};
