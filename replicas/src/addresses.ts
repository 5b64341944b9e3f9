import dns, { type LookupAddress } from 'node:dns';

/** The addresses of a host name. */
export type Resolve = (hostname: string) => Promise<string[]>;

/** The system's resolver. A name of both families names each replica twice: then only IPv4 is taken. */
export const resolveByDns: Resolve = async (hostname) => {
  const found = await lookUp(hostname);
  const family = found.some((each) => each.family === 4) ? 4 : 6;
  return found.filter((each) => each.family === family).map((each) => each.address);
};

/** By `dns.lookup` as it is when it is called: whoever starts a process may have put another in its place. */
const lookUp = (hostname: string): Promise<LookupAddress[]> =>
  new Promise((resolve, reject) => {
    dns.lookup(hostname, { all: true }, (error, found) => (error ? reject(error) : resolve(found)));
  });
