import { TooSlow, Unavailable } from '@cleave/kit/errors';
import type { Middleware } from 'koa';

// https://www.postgresql.org/docs/18/errcodes-appendix.html
const uniqueViolation = '23505';
const foreignKeyViolation = '23503';
const queryCanceled = '57014';
// shutdowns, starting up, too many connections, connection exceptions; then what the socket itself says
const unavailable =
  /^(57P0[1-4]|53300|08...|E(CONNREFUSED|CONNRESET|PIPE|NOTFOUND|AI_AGAIN|HOSTUNREACH|TIMEDOUT))$/;
// pg throws these without a code: a pool or connect timeout, and a connection that was lost
const unavailableMessage =
  /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

export const isUniqueViolation = (error: unknown): boolean => codeOf(error) === uniqueViolation;
export const isForeignKeyViolation = (error: unknown): boolean => codeOf(error) === foreignKeyViolation;

const isTimeout = (error: unknown): boolean => codeOf(error) === queryCanceled;
const isUnavailable = (error: unknown): boolean =>
  unavailable.test(codeOf(error)) || (error instanceof Error && unavailableMessage.test(error.message));

/** Turns what the database says of itself into the domain's words; all else passes. */
export const translateDatabaseErrors: Middleware = async (_ctx, next) => {
  try {
    await next();
  } catch (error) {
    if (isUnavailable(error)) throw new Unavailable('The database does not answer.', { cause: error });
    if (isTimeout(error)) throw new TooSlow('The database did not answer in time.', { cause: error });
    throw error;
  }
};
