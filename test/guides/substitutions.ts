/**
 * What a guide says for its readers and a machine without their tools does in another way. Nothing else is changed, and
 * every change is printed. The key is the exact text in the guide.
 */
export interface Substitution {
  text: string;
  instead: string;
  why: string;
}

const noPulls = 'an engine that cannot reach a registry';
const otherCluster = 'a cluster that is there already';
const noServiceConnect = 'an emulator without Service Connect';
const busy = 'a machine that does other things too';

/** By the guide's file name. */
export const substitutions: Readonly<Record<string, readonly Substitution[]>> = {
  'aws.md': [
    {
      text: 'npm run aws -- up --topology monolith',
      instead:
        'timeout 60m node aws/src/main.ts connect & export CONNECT=$!; npm run aws -- up --topology monolith',
      why: noServiceConnect,
    },
    {
      text: 'npm run aws -- down --yes --no-snapshots',
      instead:
        '(kill "$CONNECT") || true; npm run aws -- down --yes --no-snapshots; docker volume ls --quiet | { grep -e -cleave-data- || true; } | xargs --no-run-if-empty docker volume rm',
      why: `${noServiceConnect}, which leaves the disks of databases`,
    },
    { text: '--watch 10', instead: '--watch 10 --slowest 5000', why: busy },
  ],
  'kubernetes.md': [
    {
      text: 'minikube start --cpus=4 --memory=6g --cni=calico',
      instead: 'kubectl get nodes; $LOAD_IMAGES postgres:18-trixie grafana/k6:2.2.0',
      why: `${otherCluster}, and reaches no registry`,
    },
    {
      text: 'minikube addons enable metrics-server',
      instead: 'kubectl get apiservice v1beta1.metrics.k8s.io',
      why: otherCluster,
    },
    {
      text: 'minikube image load',
      instead: '$LOAD_IMAGES',
      why: otherCluster,
    },
    { text: '$(minikube ip)', instead: '127.0.0.1', why: otherCluster },
    { text: 'minikube delete', instead: 'true', why: otherCluster },
  ],
  'swarm.md': [
    {
      text: 'docker stack deploy',
      instead: 'docker stack deploy --resolve-image never',
      why: noPulls,
    },
    {
      text: '--compose-file deploy/swarm/stack.yaml cleave',
      instead: '--compose-file deploy/swarm/stack.yaml --compose-file deploy/swarm/host-ports.yaml cleave',
      why: 'nodes without IPVS',
    },
  ],
};
