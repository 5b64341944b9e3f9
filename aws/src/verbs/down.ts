import type { Site } from '../site.ts';
import { deleteStack } from '../stacks/delete-stack.ts';
import { listStacks } from '../stacks/stack.ts';
import { emptyBucket } from '../storage/empty-bucket.ts';
import { leftovers } from '../storage/leftovers.ts';
import { deleteFinalSnapshots } from '../storage/snapshots.ts';
import { together } from '../together.ts';

// what one part needs of another goes after it; parts of one line go together
const order = [
  /^routing$/,
  /^scaling-/,
  /^service-/,
  /^migration-/,
  /^data-/,
  /^observability$/,
  /^(edge|registry)$/,
  /^(security|storage)$/,
  /^network$/,
];

/**
 * Deletes everything. Tasks drain, the bucket is emptied with all versions, databases leave a snapshot unless that is
 * refused. @returns what stayed and why, one line each
 */
export async function down(site: Site, keepSnapshots: boolean): Promise<string[]> {
  for (const group of order) {
    const stacks = (await listStacks(site)).filter(({ part }) => group.test(part));
    for (const { outputs } of stacks.filter(({ part }) => part === 'storage'))
      await emptyBucket(site, outputs.Bucket ?? '');
    await together(stacks.map(({ part }) => deleteStack(site, part)));
  }
  if (!keepSnapshots) await deleteFinalSnapshots(site);
  return leftovers(site);
}
