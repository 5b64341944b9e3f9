import { DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { Refused, type Site } from '../site.ts';

/** Deletes all versions of all objects, for good; without that a bucket cannot be deleted. */
export async function emptyBucket(site: Site, bucket: string): Promise<void> {
  for (;;) {
    const page = await site.clients.storage.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    const objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key, VersionId }) => ({
      Key,
      VersionId,
    }));
    if (objects.length === 0) return;
    site.say(`Deleting ${objects.length} versions of objects in ${bucket}.`);
    const { Errors = [] } = await site.clients.storage.send(
      new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: objects, Quiet: true } }),
    );
    const [first] = Errors;
    if (first) throw new Refused(`${first.Key} in ${bucket} cannot be deleted: ${first.Message}`);
  }
}
