/** The two that a comparison is about. */
export { type MainTopology as Topology, mainTopologies as topologies } from '../environments/environment.ts';
