import { mix } from '@cleave/load/mix';

/** A route's name in the samples, when the mix has it. Throws at once when the mix was changed under us. */
const inMix = (name: string): string => {
  if (!mix.some((route) => route.name === name)) throw new Error(`the mix has no route ${name}`);
  return name;
};

/** The one read that crosses all modules: a join in the monolith, composition in the services. */
export const discussionRoute = inMix('GET /api/threads/:threadId/discussion');
/** A read that posts answers alone. */
export const postsRoute = inMix('GET /api/posts/in-thread/:threadId');
