import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join, relative, resolve } from 'node:path';
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Refused, type Site } from '../site.ts';
import { findStack } from '../stacks/stack.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.csv': 'text/csv',
  '.md': 'text/markdown; charset=utf-8',
  '.gz': 'application/gzip',
};

/** A file of the report as it lies in the bucket; a later upload makes another version and leaves this one. */
export interface Uploaded {
  key: string;
  version: string;
  /** Opens this version for a day, for whoever has it. */
  url: string;
}

/** Uploads a folder of the lab to the bucket, under `reports/<its name>/`. */
export async function uploadReport(site: Site, folder: string): Promise<Uploaded[]> {
  const bucket = (await findStack(site, 'storage'))?.outputs.Bucket;
  if (bucket === undefined) throw new Refused('There is no bucket yet: npm run aws -- up comes first.');
  const root = resolve(folder);
  const files = await filesIn(root);
  if (files.length === 0) throw new Refused(`There is no file in ${folder}.`);
  const uploaded: Uploaded[] = [];
  for (const file of files) {
    const Key = `reports/${basename(root)}/${relative(root, file)}`;
    site.say(`Uploading ${Key}.`);
    uploaded.push(await upload(site, bucket, Key, file));
  }
  return uploaded;
}

async function upload(site: Site, Bucket: string, Key: string, file: string): Promise<Uploaded> {
  const { VersionId: version = '' } = await site.clients.storage.send(
    new PutObjectCommand({
      Bucket,
      Key,
      Body: createReadStream(file),
      ContentLength: (await stat(file)).size,
      ContentType: types[extname(file)] ?? 'application/octet-stream',
    }),
  );
  const command = new GetObjectCommand({ Bucket, Key, VersionId: version });
  return { key: Key, version, url: await getSignedUrl(site.clients.storage, command, { expiresIn: 86_400 }) };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
