// What every script does before its load begins.
import http from 'k6/http';
import { BASE_URL, ROUTES, TIMEOUT } from './constants.ts';
import { routesNamed } from './mix.ts';
import { findTargets, type Send } from './targets.ts';
import type { Targets } from './turn.ts';

const send: Send = async (method, path, body) => {
  const answer = await http.asyncRequest(method, BASE_URL + path, body ? JSON.stringify(body) : null, {
    headers: body ? { 'content-type': 'application/json' } : {},
    tags: { name: 'before the load' },
    timeout: TIMEOUT,
    responseType: 'text',
  });
  return { status: answer.status, body: answer.body ?? '' };
};

/**
 * The setup of a script that sends about `requests` in all. Its last act is a line on the console, by
 * which whoever started k6 knows that the load begins now.
 */
export const prepare = async (requests: number): Promise<Targets> => {
  const targets = await findTargets(send, requests, routesNamed(ROUTES));
  console.info('load begins');
  return targets;
};
