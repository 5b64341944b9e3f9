/** The two that a comparison is about. */
export const topologies = ['monolith', 'microservices'] as const;
export type Topology = (typeof topologies)[number];
