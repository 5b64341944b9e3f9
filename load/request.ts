// Makes one request of the mix with k6, tagged with its route, and looks at the answer.
import exec from 'k6/execution';
import http, { type RefinedParams, type RefinedResponse } from 'k6/http';
import { Trend } from 'k6/metrics';
import { readAnswer } from './answer.ts';
import { BASE_URL, ROUTES, SEED, TIMEOUT } from './constants.ts';
import { cycleOf, turnOf } from './cycle.ts';
import { type Route, routesNamed } from './mix.ts';
import type { Targets } from './turn.ts';

/** What a k6 script's options need so that the samples carry what a reader needs, and no more. */
export const sampleOptions = {
  discardResponseBodies: true,
  systemTags: ['name', 'status', 'error_code', 'expected_response', 'scenario'],
  summaryTrendStats: ['med', 'p(99)', 'max'],
};

// Tags are fixed before the answer is known. What the answer shows is therefore a sample of its own, with the
// request's `http_req_duration` as its value: to the nanosecond, so a reader can find the request again.
const degradedAnswers = new Trend('degraded_answers', true);
const wrongAnswers = new Trend('wrong_answers', true);

type Params = RefinedParams<'text' | 'none'> & { headers: Record<string, string> };

const paramsOf = (route: Route): Params => ({
  headers: route.method === 'GET' || route.method === 'DELETE' ? {} : { 'content-type': 'application/json' },
  tags: { name: route.name },
  timeout: TIMEOUT,
  responseType: route.begins ? 'text' : 'none',
  responseCallback: http.expectedStatuses(...route.expected),
});

const own: number[] = [];

const judge = (route: Route, answer: RefinedResponse<'text' | 'none'>): void => {
  const { wrong, degraded, createdPost } = readAnswer(route, answer.status, answer.body ?? '');
  if (wrong) wrongAnswers.add(answer.timings.duration, { name: route.name });
  if (degraded) degradedAnswers.add(answer.timings.duration, { name: route.name });
  if (createdPost !== undefined) own.push(createdPost);
};

/** Iterations of a scenario: each is the next request of these lines of the mix. */
export const requestsOf = (routes: Route[]): ((targets: Targets) => void) => {
  const cycle = cycleOf(routes.map((route) => route.weight));
  const params = routes.map(paramsOf);
  return (targets) => {
    const n = exec.scenario.iterationInTest;
    const { index, rank } = turnOf(cycle, n);
    const route = routes[index];
    const routeParams = params[index];
    if (!route || !routeParams) throw new Error(`turn ${n} is not in the mix`);
    const unique = `${targets.run}-${exec.vu.idInTest}-${exec.vu.iterationInInstance}`;
    const { path, body } = route.message({ seed: SEED, n, rank, unique, targets, own });
    if (route.method === 'POST') routeParams.headers['idempotency-key'] = unique;
    const payload = body ? JSON.stringify(body) : null;
    judge(route, http.request(route.method, BASE_URL + path, payload, routeParams));
  };
};

/** One iteration: the next request of the mix, or of the part of it that ROUTES names. */
export const nextRequest = requestsOf(routesNamed(ROUTES));
