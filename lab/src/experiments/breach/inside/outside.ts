import { lookup } from 'node:dns/promises';
import type { Cell } from '../record.ts';
import type { Targets } from '../targets.ts';
import { cell, codeOf, outcomeOf } from './answers.ts';
import { knock, PATIENCE_MS } from './knock.ts';

/** Whether anything can be sent to the internet: a connection to a public address. */
export const internet = ({ outside }: Targets): Promise<Cell> => knock([outside.address], outside.port);

/** Whether public names are answered, which is a way out even where no connection is. */
export async function names({ outside }: Targets): Promise<Cell> {
  const tried = `the address of ${outside.name}`;
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('timeout')), PATIENCE_MS);
  try {
    const { address } = await Promise.race([lookup(outside.name), late.promise]);
    return cell('reached', tried, address);
  } catch (error) {
    // a name server that knows no answer is one that could not ask
    return cell(outcomeOf(error), tried, codeOf(error));
  } finally {
    clearTimeout(timer);
  }
}
