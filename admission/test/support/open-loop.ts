import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** How many requests a second are sent, how many in all, and on how many connections. */
export interface Load {
  rate: number;
  requests: number;
  connections: number;
}

/** How many answers there were of each status. */
export type Answers = Map<string, number>;

const question = Buffer.from('GET /api/things HTTP/1.1\r\nhost: h\r\n\r\n');
const headOf = /^HTTP\/1\.1 (\d{3}) [\s\S]*?\r\n\r\n/;
const lengthIn = /content-length: (\d+)/i;

/**
 * Sends requests at a rate of its own, whether or not the ones before were answered: clients do not wait for each
 * other. The connections are kept; where none of them is free, a request waits for one.
 */
export async function sendOpenLoop(port: number, { rate, requests, connections }: Load): Promise<Answers> {
  const answers: Answers = new Map();
  const { promise, resolve, reject } = Promise.withResolvers<Answers>();
  const free: Socket[] = [];
  let due = 0;
  let sent = 0;
  let answered = 0;

  const sendDue = (): void => {
    while (sent < due) {
      const socket = free.pop();
      if (socket === undefined) return;
      sent += 1;
      socket.write(question);
    }
  };
  const onAnswer = (status: string, socket: Socket): void => {
    answers.set(status, (answers.get(status) ?? 0) + 1);
    answered += 1;
    free.push(socket);
    if (answered === requests) resolve(answers);
    else sendDue();
  };
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port, onAnswer, reject)));
  free.push(...sockets);
  const begun = performance.now();
  const clock = setInterval(() => {
    due = Math.min(requests, Math.floor(((performance.now() - begun) * rate) / 1_000));
    sendDue();
  }, 1);
  try {
    return await promise;
  } finally {
    clearInterval(clock);
    for (const socket of sockets) socket.destroy();
  }
}

/** A connection that tells of each answer once it is whole. */
async function open(
  port: number,
  onAnswer: (status: string, socket: Socket) => void,
  onEnd: (error: Error) => void,
): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay().setEncoding('latin1');
  let text = '';
  socket.on('data', (chunk) => {
    text += String(chunk);
    const [head, status = ''] = headOf.exec(text) ?? [];
    if (head === undefined || text.length < head.length + Number(lengthIn.exec(head)?.[1])) return;
    text = '';
    onAnswer(status, socket);
  });
  socket.on('error', onEnd).on('close', () => onEnd(new Error('a connection was closed')));
  await once(socket, 'connect');
  return socket;
}
