import type { Cell } from '../record.ts';
import type { ComponentTarget } from '../targets.ts';
import { cell, codeOf } from './answers.ts';
import { namespace } from './introduce.ts';

/** Whether the process could stop that one: signal 0 is checked like any other and does nothing. */
export function signalTo({ pid, processNamespace }: ComponentTarget): Cell {
  // a number means another process in another namespace, and no process can name one that is outside of its own
  if (processNamespace !== namespace('pid')) {
    return cell('unreachable', 'looked for its process', `there is none of it in ${namespace('pid')}`);
  }
  const tried = `a signal to process ${pid}`;
  try {
    process.kill(pid, 0);
    return cell('reached', tried, 'it may be sent');
  } catch (error) {
    return cell(codeOf(error) === 'EPERM' ? 'refused' : 'unreachable', tried, codeOf(error));
  }
}
