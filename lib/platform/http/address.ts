import ipaddr from 'ipaddr.js';
import { env } from '@/lib/platform/env/env';

/** The header in which the server passes a request's socket address to the routes. The server overwrites what a client sent. */
export const addressHeader = 'x-parley-address';

/** The client's address. X-Forwarded-For counts as far as TRUST_PROXY trusts it. */
export function clientAddress(headers: Headers): string {
  return addressBehindProxies(headers.get(addressHeader) ?? '', headers.get('x-forwarded-for'));
}

/**
 * Each trusted proxy appends the address it sees, so the client's address is TRUST_PROXY places from the end. Earlier entries can be
 * forged. A malformed entry counts as the socket's address, so that forged text cannot evade a rate limit.
 * @param remote the socket's own address
 */
export function addressBehindProxies(remote: string, forwardedFor: string | null | undefined): string {
  const hops = (forwardedFor ?? '').split(',').filter((hop) => hop.trim() !== '');
  const chain = [...hops, remote];
  const client = parseAddress(chain.at(-1 - env().TRUST_PROXY) ?? chain[0] ?? '') ?? parseAddress(remote);
  return client?.toString() ?? '';
}

/**
 * Whether the request comes from this machine, without a proxy or tunnel. False when TRUST_PROXY or a public PUBLIC_URL is set.
 * Headers can only make it false: a Host that is not loopback (DNS rebinding), or a sign of forwarding. Next.js itself adds an
 * X-Forwarded-For, which equals the socket's address.
 */
export function isFromThisMachine(headers: Headers): boolean {
  if (env().TRUST_PROXY > 0 || !isLoopbackUrl(env().PUBLIC_URL)) return false;
  const remote = parseAddress(headers.get(addressHeader) ?? '');
  if (!remote || !isLoopback(remote)) return false;
  const forwardedFor = headers.get('x-forwarded-for');
  const isForwarded = ['forwarded', 'via', 'x-real-ip'].some((name) => headers.has(name));
  if (isForwarded || (forwardedFor !== null && parseAddress(forwardedFor)?.toString() !== remote.toString())) return false;
  return isLoopbackUrl(`http://${headers.get('host') || 'nowhere.invalid'}`);
}

/** The subject of a rate limit for this address: an IPv6 customer owns a whole /64, so all of it counts as one. */
export function addressSubject(address: string): string {
  const parsed = parseAddress(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed?.toString() ?? address;
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

const isLoopback = (address: ipaddr.IPv4 | ipaddr.IPv6) => address.range() === 'loopback';

/** An empty URL counts as loopback, because it means the default. */
function isLoopbackUrl(url: string): boolean {
  if (url === '') return true;
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  const address = parseAddress(hostname);
  return address ? isLoopback(address) : hostname === 'localhost';
}

/** Parses an address as proxies write it: maybe quoted, in brackets, with port or zone. IPv4 mapped to IPv6 becomes IPv4. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = text.trim().slice(0, 100).replaceAll('"', '');
  const [, host = bare] = /^\[(.*)\](?::\d+)?$/.exec(bare) ?? /^([\d.]+):\d+$/.exec(bare) ?? [];
  const plain = host.replace(/%.*$/, '');
  if (!ipaddr.IPv4.isValidFourPartDecimal(plain) && !ipaddr.IPv6.isValid(plain)) return null;
  return ipaddr.process(plain);
}
