import { z } from 'zod';
import type { RenderedObject } from '../rendered.ts';

/** A server of an overlay, and the hosts by which its databases are known. */
export interface Server {
  namespace: string;
  name: string;
  databases: { host: string; database: string }[];
}

const ANNOTATION = 'cleave/databases';
const databasesSchema = z.string().regex(/^[a-z-]+\/[a-z]+( [a-z-]+\/[a-z]+)*$/);

/** The servers among the objects: those that say which databases they hold. */
export const serversOf = (objects: readonly RenderedObject[]): Server[] =>
  objects.flatMap(({ metadata: { name, namespace = 'default', annotations } }) => {
    if (annotations[ANNOTATION] === undefined) return [];
    const databases = databasesSchema
      .parse(annotations[ANNOTATION])
      .split(' ')
      .map((entry) => {
        const [host = '', database = ''] = entry.split('/');
        return { host, database };
      });
    return [{ namespace, name, databases }];
  });
