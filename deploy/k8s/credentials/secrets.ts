import { randomBytes } from 'node:crypto';
import type { Server } from './databases.ts';

/** A Secret as the cluster takes it. */
export interface Secret {
  apiVersion: 'v1';
  kind: 'Secret';
  metadata: { name: string; namespace: string; labels: Record<string, string> };
  type: string;
  immutable: true;
  stringData: Record<string, string>;
}

const password = (): string => randomBytes(24).toString('hex');
const url = (user: string, secret: string, host: string, database: string): string =>
  `postgres://${user}:${secret}@${host}:5432/${database}`;

/**
 * New credentials of a server, each in a Secret of its own, so that a pod is given those that it needs and no other:
 * one for the superuser, and for each database one for the migrations and one for the component.
 */
export const newSecrets = ({ namespace, name, databases }: Server): Secret[] => {
  const secret = (of: string, type: string, stringData: Record<string, string>): Secret => ({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: of, namespace, labels: { 'app.kubernetes.io/part-of': 'cleave' } },
    type,
    immutable: true,
    stringData,
  });
  const superuser = password();
  const [first] = databases;
  return [
    secret(`${name}-superuser`, 'kubernetes.io/basic-auth', {
      username: 'postgres',
      password: superuser,
      url: url('postgres', superuser, first?.host ?? name, 'postgres'),
    }),
    ...databases.flatMap(({ host, database }) =>
      ['migrator', 'app'].map((role) =>
        secret(`${host}-${role}`, 'Opaque', {
          url: url(`${database}_${role}`, password(), host, database),
        }),
      ),
    ),
  ];
};
