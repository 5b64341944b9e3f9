import { paginateDescribeRepositories } from '@aws-sdk/client-ecr';
import { DescribeClustersCommand } from '@aws-sdk/client-ecs';
import {
  paginateDescribeLoadBalancers,
  paginateDescribeTargetGroups,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { paginateDescribeDBInstances } from '@aws-sdk/client-rds';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Site } from '../site.ts';
import { listStacks } from '../stacks/stack.ts';
import { finalSnapshots } from './snapshots.ts';

/** What of the site is still in the account, one line each with the reason where it is known. */
export async function leftovers(site: Site): Promise<string[]> {
  const { clients, name } = site;
  const mine = (id = ''): boolean => id === name || id.startsWith(`${name}-`) || id.startsWith(`${name}/`);
  const left: string[] = [];
  for (const { part, status } of await listStacks(site)) left.push(`stack ${name}-${part}: ${status}`);
  for (const { id, gigabytes } of await finalSnapshots(site))
    left.push(`snapshot ${id}: the data of a database, ${gigabytes} GB; --no-snapshots deletes it`);
  const { clusters = [] } = await clients.containers.send(new DescribeClustersCommand({ clusters: [name] }));
  for (const { status } of clusters) if (status === 'ACTIVE') left.push(`cluster ${name}`);
  for await (const page of paginateDescribeLoadBalancers({ client: clients.balancers }, {}))
    for (const one of page.LoadBalancers ?? [])
      if (mine(one.LoadBalancerName)) left.push(`load balancer ${name}`);
  for await (const page of paginateDescribeTargetGroups({ client: clients.balancers }, {}))
    for (const { TargetGroupName } of page.TargetGroups ?? [])
      if (mine(TargetGroupName)) left.push(`target group ${TargetGroupName}`);
  for await (const page of paginateDescribeDBInstances({ client: clients.databases }, {}))
    for (const { DBInstanceIdentifier: id } of page.DBInstances ?? [])
      if (mine(id)) left.push(`database ${id}`);
  for await (const page of paginateDescribeRepositories({ client: clients.registry }, {}))
    for (const { repositoryName } of page.repositories ?? [])
      if (mine(repositoryName)) left.push(`images ${repositoryName}`);
  const { Buckets = [] } = await clients.storage.send(new ListBucketsCommand({}));
  for (const { Name } of Buckets) if (mine(Name)) left.push(`bucket ${Name}`);
  return left;
}
