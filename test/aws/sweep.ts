import { run } from '../../aws/src/run.ts';

/**
 * Removes what the emulator leaves in the Docker engine of a site that is gone: containers of tasks that had failed,
 * and the images that were pulled for them. On AWS neither exists.
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
}
