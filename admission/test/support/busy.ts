// A component as a process of its own, whose requests are work for the processor after a short wait, as for a database.
// Tells its parent its ports, once, and ends with it.
import { pbkdf2Sync } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Middleware } from 'koa';
import { startAdmitting } from './component.ts';

const rounds = 4_000; // a millisecond or two

const work: Middleware = async (ctx) => {
  await nextTurn();
  ctx.body = pbkdf2Sync('work', 'salt', rounds, 16, 'sha256').toString('hex');
};

const { ADMISSION_DELAY_MS = '10' } = process.env;
const { port, adminPort } = await startAdmitting([work], { env: { ADMISSION_DELAY_MS } });
process.on('disconnect', () => process.exit(0));
process.send?.({ port, adminPort });
