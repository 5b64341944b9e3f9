import {
  DeleteDBClusterSnapshotCommand,
  DeleteDBSnapshotCommand,
  paginateDescribeDBClusterSnapshots,
  paginateDescribeDBSnapshots,
} from '@aws-sdk/client-rds';
import type { Site } from '../site.ts';

/** A snapshot that a database of the site left when it was deleted. */
export interface Snapshot {
  id: string;
  of: 'instance' | 'cluster';
  gigabytes: number;
}

/** CloudFormation names a final snapshot after the stack: `cleave-data-users-snapshot-instance-…`. */
export async function finalSnapshots({ name, clients: { databases: client } }: Site): Promise<Snapshot[]> {
  const isOurs = (id = ''): boolean => id.startsWith(`${name}-data-`);
  const found: Snapshot[] = [];
  for await (const page of paginateDescribeDBSnapshots({ client }, { SnapshotType: 'manual' })) {
    for (const { DBSnapshotIdentifier: id = '', AllocatedStorage = 0 } of page.DBSnapshots ?? [])
      if (isOurs(id)) found.push({ id, of: 'instance', gigabytes: AllocatedStorage });
  }
  for await (const page of paginateDescribeDBClusterSnapshots({ client }, { SnapshotType: 'manual' })) {
    for (const { DBClusterSnapshotIdentifier: id = '', AllocatedStorage = 0 } of page.DBClusterSnapshots ??
      [])
      if (isOurs(id)) found.push({ id, of: 'cluster', gigabytes: AllocatedStorage });
  }
  return found;
}

export async function deleteFinalSnapshots(site: Site): Promise<void> {
  for (const { id, of } of await finalSnapshots(site)) {
    site.say(`Deleting the snapshot ${id}.`);
    // two calls: the client takes no command of either kind
    if (of === 'instance')
      await site.clients.databases.send(new DeleteDBSnapshotCommand({ DBSnapshotIdentifier: id }));
    else
      await site.clients.databases.send(
        new DeleteDBClusterSnapshotCommand({ DBClusterSnapshotIdentifier: id }),
      );
  }
}
