import { z } from 'zod';
import { allTopologies, environmentNames, modules } from '../../environments/environment.ts';
import { services } from './targets.ts';

/** reached: it did what was asked; refused: something answered no; unreachable: nothing answered, or it is not there. */
export const outcomes = ['reached', 'refused', 'unreachable'] as const;

export const cellSchema = z.object({
  outcome: z.enum(outcomes),
  /** One line each: what was done, and what came back. */
  tried: z.string(),
  answered: z.string(),
});
export type Cell = z.infer<typeof cellSchema>;
export type Outcome = Cell['outcome'];

/** Whose asset: a module's, the gateway's, or what is outside of the topology. */
export const owners = [...modules, 'gateway', 'outside'] as const;
export type AssetOwner = (typeof owners)[number];

export const assetKinds = [
  'read-tables',
  'write-tables',
  'app-password',
  'migrator-password',
  'superuser-password',
  'control-token',
  'traffic',
  'admin',
  'control',
  'faults',
  'process',
  'host',
  'internet',
  'names',
] as const;
export type AssetKind = (typeof assetKinds)[number];

const attackSchema = z.object({ owner: z.enum(owners), kind: z.enum(assetKinds), cell: cellSchema });
/** One asset, attacked from one place. */
export type Attack = z.infer<typeof attackSchema>;

/** From where: the inside of a component, or the public side. */
export const places = [...services, 'public side'] as const;
export type Place = (typeof places)[number];

const recordSchema = z.object({
  topology: z.enum(allTopologies),
  environment: z.enum(environmentNames),
  rows: z.array(z.object({ place: z.enum(places), attacks: z.array(attackSchema) })),
  /** Which component runs each module's code. */
  serving: z.record(z.enum(modules), z.enum(services)),
  /** What this machine itself gets of the outside: where it gets nothing, a component's failure says nothing. */
  machine: z.object({ internet: cellSchema, names: cellSchema }),
  /** Ports that lead in from outside, as seen from there. */
  doors: z.array(z.string()),
});
export const breachSchema = recordSchema;
export type BreachRecord = z.infer<typeof recordSchema>;
