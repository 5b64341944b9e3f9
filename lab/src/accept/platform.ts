// What the acceptance checks ask of a platform besides what every experiment asks of an environment.
import type {
  DatabaseName,
  Environment,
  EnvironmentName,
  ServiceName,
  Topology,
} from '../environments/environment.ts';

/** What is accepted: an environment whose components are containers. */
export type PlatformName = Exclude<EnvironmentName, 'local'>;

/** One environment that runs on a container platform. `environment.down` removes what this made, too. */
export interface Platform {
  readonly name: PlatformName;
  readonly environment: Environment;
  /**
   * Whether one container owns the port at which a topology with a gateway is reached, so that replacing it leaves a
   * gap: compose and Swarm. Such a replacement is reported apart.
   */
  readonly entranceOwnsPort: boolean;
  /**
   * Tests of the contract by a part of their names that something before our components answers in its own words; none
   * where requests reach a component as they were sent.
   */
  readonly answersItself?: string;
  readonly images: Images;
  /** None where there is one machine. */
  readonly nodes?: Nodes;
  /** What the platform forbids or enforces, each with a way to see it; accept/policies/ has some for every platform. */
  readonly policies: readonly PolicyProbe[];
  /** Versions and nodes, one fact a line: `Docker 26.1.5`, `3 nodes`. */
  describe(): Promise<string[]>;
  /** What makes `npm run rollout -- --env <name>` mean this deployment: `['--project', 'cleave-lab-1f-monolith']`. */
  rolloutOptions(topology: Topology): readonly string[];
  /**
   * The control: puts an image in place as a deployment without readiness, without a stop hook and without a drain
   * would (all replicas at once, the old ones killed first), and resolves when the new ones run. They need not be ready.
   */
  replaceNaively(topology: Topology, service: ServiceName, image: string): Promise<void>;
  /** Puts back the image, and the care, with which the topology started; resolves when that serves. */
  putBack(topology: Topology, service: ServiceName): Promise<void>;
  /** The image that a service's replicas run now; several while they differ. */
  imagesOf(topology: Topology, service: ServiceName): Promise<readonly string[]>;
  /** Runs a component's migrations once from this image, with the migrator's credential. @throws Error when they fail */
  migrate(topology: Topology, service: Exclude<ServiceName, 'gateway'>, image: string): Promise<void>;
  /** Runs SQL as the superuser of a database server. @returns the rows as text, one a line, columns split by `|` */
  sql(topology: Topology, server: DatabaseName, database: string, statements: string): Promise<string>;
  /** All that it or this made and that is there now, each with its kind: nothing after `environment.down`. */
  leftovers(): Promise<string[]>;
}

export interface Images {
  /** The tag of the images with which topologies start, as in `cleave/posts:local`. */
  readonly tag: string;
  /** Makes images of the Docker engine here usable on every node; nothing to do where there is but that engine. */
  load(images: readonly string[]): Promise<void>;
}

/** The machines of a cluster. The first holds the databases and stays up. */
export interface Nodes {
  /** All names, the first one first. */
  names(): Promise<readonly string[]>;
  /** Where each running replica of a service is: its `x-served-by` name and its node's. */
  placement(topology: Topology, service: ServiceName): Promise<readonly Placed[]>;
  /** Where a topology is reached through a node that stays up while `node` is drained or lost. */
  entranceBeside(topology: Topology, node: string): Promise<string>;
  /** Moves everything off a node in order; resolves when nothing of ours runs there and all of it is ready elsewhere. */
  drain(node: string): Promise<void>;
  /** Lets a node take replicas again. */
  undrain(node: string): Promise<void>;
  /** Power loss; resolves at once, long before the platform notices. */
  stop(node: string): Promise<void>;
  /** Boots it again; resolves when the platform counts it in. */
  start(node: string): Promise<void>;
  /** Cuts it off the network of the other nodes; resolves at once. */
  cut(node: string): Promise<void>;
  /** Ends that; resolves when the platform counts it in again. */
  heal(node: string): Promise<void>;
  /** Resolves when the platform has noticed that a node is gone. */
  noticed(node: string): Promise<void>;
  /** Spreads the replicas of a topology over all nodes again, by one command of the platform. @returns that command */
  rebalance(topology: Topology): Promise<string>;
}

export interface Placed {
  instance: string;
  node: string;
}

/** A promise of a manifest, and an attempt to break it. */
export interface PolicyProbe {
  /** As in `a foreign pod cannot reach a database`. */
  readonly name: string;
  /** What has to be up. */
  readonly topologies: readonly Topology[];
  /** Whether it needs the load that `run` is given a way to put on; those probes run one after the other. */
  readonly needsLoad?: boolean;
  /**
   * Tries, and cleans up after itself.
   * @param load puts a constant arrival rate on a topology while something happens
   */
  run(tools: ProbeTools): Promise<Bite>;
}

export interface ProbeTools {
  readonly signal: AbortSignal;
  /** Tells how far it is. */
  say(line: string): void;
  /** Keeps `rate` requests a second on a topology for `seconds` while `meanwhile` happens. @returns what they came to */
  load(
    topology: Topology,
    order: { rate: number; seconds: number; only?: readonly string[] },
    meanwhile: () => Promise<void>,
  ): Promise<{ requests: number; failed: number; failingSeconds: number }>;
}

/** What a probe found. */
export interface Bite {
  /** Whether the platform kept its promise. */
  bites: boolean;
  /** What was tried and what came of it, one sentence each. */
  saw: readonly string[];
}

/** How the command line opens a platform: `create<Name>Platform` beside each environment driver is one of these. */
export type OpenPlatform = (options: PlatformOptions) => Promise<Platform>;

export interface PlatformOptions {
  /** Is told, in one sentence, of what the platform did unasked. */
  report: (sentence: string) => void;
  signal: AbortSignal;
}
