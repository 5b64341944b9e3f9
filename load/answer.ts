// What an answer says about its request. Pure, so that k6 and the preview judge alike.
import type { Route } from './mix.ts';

/** `wrong`: the right status with the wrong shape. `createdPost`: the id of a post that now exists. */
export type Verdict = { expected: boolean; wrong: boolean; degraded: boolean; createdPost?: number };

const CREATED_POST = /^\{"id":(\d+),"thread"/;

/** Looks at a status (0: no whole answer) and the first and the telling characters of a body. */
export const readAnswer = (route: Route, status: number, body: string): Verdict => {
  const expected = route.expected.includes(status);
  if (!expected || route.begins === '') return { expected, wrong: false, degraded: false };
  if (!body.startsWith(route.begins)) return { expected, wrong: true, degraded: false };
  // In JSON a quote inside a text is escaped, so this can only be the member itself.
  const degraded = body.includes(',"degraded":[');
  const [, id] = route.method === 'POST' ? (CREATED_POST.exec(body) ?? []) : [];
  return { expected, wrong: false, degraded, ...(id === undefined ? {} : { createdPost: Number(id) }) };
};
