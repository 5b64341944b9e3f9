/** What Kubernetes recommends, and deploy/k8s sets on every object. */
export const nameLabel = 'app.kubernetes.io/name';
/** `service`, `gateway`, `database` or `migration`. */
export const partLabel = 'app.kubernetes.io/component';
export const managerLabel = 'app.kubernetes.io/managed-by';
/** Who made a namespace that may be removed, with all that is in it. */
export const manager = 'cleave-lab';
