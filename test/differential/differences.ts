import type { Answer, Ask } from '../support/http.ts';

/** A way in which the two topologies may differ. Whatever is not listed here has to be equal. */
export interface Difference {
  name: string;
  reason: string;
  /** The answer without what differs. */
  without(answer: Answer, ask: Ask): Answer;
}

const withoutHeader = ({ headers, ...answer }: Answer, name: string): Answer => {
  const { [name]: _, ...rest } = headers;
  return { ...answer, headers: rest };
};

const keptRequestId = /^[!-~]{1,64}$/;

/** All of them. */
export const differences: readonly Difference[] = [
  {
    name: 'x-served-by',
    reason: 'It names the instance that answered, which is another one.',
    without: (answer) => withoutHeader(answer, 'x-served-by'),
  },
  {
    name: 'date',
    reason: 'The answers are given one after the other.',
    without: (answer) => withoutHeader(answer, 'date'),
  },
  {
    name: 'connection and keep-alive',
    reason: 'They are about the connection to the next hop, which is another one at the gateway.',
    without: (answer) => withoutHeader(withoutHeader(answer, 'connection'), 'keep-alive'),
  },
  {
    name: 'x-request-id where none was sent that can be kept, or none was read',
    reason: 'A new one is random. Node refuses by itself, with 400 or 431, before there is a request.',
    without(answer, ask) {
      const id = answer.headers['x-request-id'];
      const sent = ask.headers?.['x-request-id'];
      const wasRead = (answer.status !== 400 && answer.status !== 431) || answer.body.includes('"instance"');
      if (id === undefined || (wasRead && typeof sent === 'string' && keptRequestId.test(sent)))
        return answer;
      const body = Buffer.from(answer.body.toString('latin1').replace(id, 'new'), 'latin1');
      return { ...withoutHeader(answer, 'x-request-id'), body };
    },
  },
];

/** An answer without what may differ, in a form that can be compared and shown. */
export function comparable(ask: Ask, answer: Answer) {
  const same = differences.reduce((rest, difference) => difference.without(rest, ask), answer);
  const headers = Object.fromEntries(Object.entries(same.headers).sort());
  return { status: same.status, headers, body: same.body.toString('latin1') };
}
