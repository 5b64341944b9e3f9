import { rm } from 'node:fs/promises';

/**
 * Removes a file or a folder with all that is in it; nothing there is fine. It tries again for some seconds
 * while new files appear: a child of initdb may outlive it for a moment.
 */
export async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
