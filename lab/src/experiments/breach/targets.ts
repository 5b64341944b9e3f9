// What an attacker knows of the design: names and addresses, never a credential.
import { z } from 'zod';
import { modules } from '../../environments/environment.ts';

export const services = ['monolith', 'gateway', ...modules] as const;

const port = z.number().int();

/** A component as its own process tells of it; `print` is a secret's fingerprint, which opens nothing. */
export const introductionSchema = z.object({
  /** What it says in `x-served-by`: an answer without it came from somebody else. */
  instance: z.string(),
  /** IPv4 addresses by which others may reach it, loopback last. */
  addresses: z.array(z.string()),
  ports: z.object({ traffic: port, admin: port, control: port.nullable() }),
  tokenPrint: z.string().nullable(),
  /** Linux's names of its namespaces; null elsewhere. */
  namespaces: z.object({ process: z.string().nullable(), network: z.string().nullable() }),
  /** Router addresses of the networks that it is in: on a bridge network that is the host. */
  routers: z.array(z.string()),
  database: z
    .object({
      addresses: z.array(z.string()),
      port,
      name: z.string(),
      role: z.string(),
      passwordPrint: z.string(),
    })
    .nullable(),
});
export type Introduction = z.infer<typeof introductionSchema>;

/** A process to be attacked. */
export interface ComponentTarget {
  name: (typeof services)[number];
  instance: string;
  addresses: string[];
  ports: { traffic: number; admin: number; control: number | null };
  /** Where its process can be seen, and under which number there. */
  processNamespace: string | null;
  pid: number;
}

/** The tables of a module. Statements take effect and are rolled back. */
export interface DatabaseTarget {
  module: (typeof modules)[number];
  /** Of the server, by its name and by its numbers. */
  addresses: string[];
  port: number;
  name: string;
  roles: { app: string; migrator: string; superuser: string };
  read: string;
  writes: string[];
}

export interface Targets {
  components: ComponentTarget[];
  databases: DatabaseTarget[];
  /** The component that runs each module's code. */
  serving: Record<(typeof modules)[number], (typeof services)[number]>;
  /** Something that everybody may reach, to see whether there is a way out. */
  outside: { address: string; port: number; name: string };
  /** A listener of ours on the machine, at these addresses. */
  host: { addresses: string[]; port: number };
}
