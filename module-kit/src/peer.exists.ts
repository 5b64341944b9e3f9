import { Unavailable } from '@cleave/kit/errors';
import type { Peer } from './peer.ts';

/** Asks a peer whether `path/id` exists there. @throws Unavailable, TooSlow */
export const existsAt =
  (peer: Peer, path: string) =>
  async (id: number): Promise<boolean> => {
    const { status } = await peer.get(`${path}/${id}`);
    if (status === 200) return true;
    if (status === 404) return false;
    throw new Unavailable(`${path} gave an answer that is not understood.`);
  };
