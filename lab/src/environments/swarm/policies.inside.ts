import { z } from 'zod';
import type { Bite } from '../../accept/platform.ts';
import { askComponents } from '../../accept/policies/ask-components.ts';
import type { SwarmEnvironment } from './swarm-environment.ts';

const topologies = ['monolith', 'microservices'] as const;
const names = z.array(z.string());

/** The files that each component finds among its secrets. */
export async function readSecrets(environment: SwarmEnvironment): Promise<Bite> {
  const source = `
    import { existsSync, readdirSync } from 'node:fs';
    console.log(JSON.stringify(existsSync('/run/secrets') ? readdirSync('/run/secrets') : []));`;
  const found = await askComponents(environment, topologies, source, names);
  const isRight = ({ who, answer }: { who: string; answer: string[] }): boolean =>
    answer.join() === (who.endsWith('/gateway') ? '' : 'app-url');
  return {
    bites: found.every(isRight),
    saw: found.map(({ who, answer }) => `${who}: ${answer.join(', ') || 'none'}`),
  };
}

/** User, capabilities, and what becomes of an attempt to write. */
export async function readConfinement(environment: SwarmEnvironment): Promise<Bite> {
  const source = `
    import { readFileSync, writeFileSync } from 'node:fs';
    const write = (place) => {
      try { writeFileSync(place + '/written', ''); return 'written'; } catch (error) { return error.code; }
    };
    const status = readFileSync('/proc/1/status', 'utf8');
    const field = (name) => new RegExp('^' + name + ':\\\\s+(\\\\S+)', 'm').exec(status)?.[1] ?? '';
    console.log(JSON.stringify([...['Uid', 'CapEff', 'CapBnd'].map(field), ...['/', '/app', '/var/tmp'].map(write)]));`;
  const found = await askComponents(environment, topologies, source, names);
  const isBare = ([uid = '', effective = '', bound = '', ...writes]: string[]): boolean =>
    uid !== '0' &&
    [effective, bound].every((set) => /^0+$/.test(set)) &&
    writes.every((code) => ['EROFS', 'EACCES'].includes(code));
  const saw = found.map(
    ({ who, answer: [uid, effective, bound, ...writes] }) =>
      `${who}: user ${uid}, capabilities ${effective} of ${bound}; writing gave ${writes.join(', ')}`,
  );
  return { bites: found.every(({ answer }) => isBare(answer)), saw };
}
