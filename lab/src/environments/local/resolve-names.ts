// Loaded by Node before a component: looks the names of services up in a file, as the name server of a platform
// does where there is one. Whoever made the file writes it anew when replicas come and go.
import dns, { type LookupAddress } from 'node:dns';
import { readFileSync } from 'node:fs';

const file = new URL(new URL(import.meta.url).searchParams.get('file') ?? '');
const systemLookup = dns.lookup;

function addressesOf(name: string): LookupAddress[] {
  const names: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const found = typeof names === 'object' && names !== null ? Object.entries(names) : [];
  const addresses: unknown = found.find(([known]) => known === name)?.[1];
  if (!Array.isArray(addresses)) return [];
  return addresses
    .map((address) => ({ address: String(address), family: 4, turn: Math.random() }))
    .sort((a, b) => a.turn - b.turn) // a connection each, so that each replica has its share
    .map(({ address, family }) => ({ address, family }));
}

type Answer = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

function lookup(name: string, options: { all?: boolean } | Answer, callback?: Answer): void {
  const addresses = addressesOf(name);
  const [first] = addresses;
  if (!first) {
    Reflect.apply(systemLookup, dns, [name, options, callback]);
    return;
  }
  const answer = typeof options === 'function' ? options : callback;
  const all = typeof options === 'object' && options.all;
  process.nextTick(() => (all ? answer?.(null, addresses) : answer?.(null, first.address, first.family)));
}

Object.assign(dns, { lookup });
