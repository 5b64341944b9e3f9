import { run } from '../../aws/src/run.ts';

/**
 * Removes what the emulator leaves in the Docker engine of a site that is gone: containers of tasks that had failed,
 * the images that were pulled for them, and the disks of databases, which the next database of the same name would
 * find with the password of the last one. On AWS none of it exists.
 */
export async function sweep(site: string): Promise<void> {
  const label = 'com.amazonaws.ecs.cluster';
  const format = `{{.ID}} {{.Label "${label}"}}`;
  const containers = await run('docker', ['ps', '--all', '--format', format, '--filter', `label=${label}`]);
  const ours = containers.split('\n').filter((line) => line.endsWith(`cluster/${site}`));
  for (const line of ours) await run('docker', ['rm', '--force', line.split(' ')[0] ?? '']);
  const images = await run('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}']);
  for (const image of images.split('\n').filter((name) => name.includes(`/${site}/`)))
    await run('docker', ['rmi', image]);
  const volumes = await run('docker', ['volume', 'ls', '--format', '{{.Name}}']);
  for (const volume of volumes.split('\n').filter((name) => name.includes(`-${site}-data-`)))
    await run('docker', ['volume', 'rm', volume]);
}
