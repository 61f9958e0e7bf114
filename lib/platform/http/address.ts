import ipaddr from 'ipaddr.js';
import { env } from '@/lib/platform/env/env';

/** The header in which the server hands a request's socket address to the routes. It overwrites what a client sent. */
export const addressHeader = 'x-parley-address';

/** The client's address, as far as TRUST_PROXY lets one believe what proxies said about it. */
export function clientAddress(headers: Headers): string {
  return addressBehindProxies(headers.get(addressHeader) ?? '', headers.get('x-forwarded-for'));
}

/**
 * Each trusted proxy appended the address it saw, so the client's is that many places from the end. What stands before it,
 * anybody may have written. Where no address stands, it is the socket's own: what somebody makes up is nobody new to count.
 * @param remote the socket's own address
 */
export function addressBehindProxies(remote: string, forwardedFor: string | null | undefined): string {
  const hops = (forwardedFor ?? '').split(',').filter((hop) => hop.trim() !== '');
  const chain = [...hops, remote];
  const seen = parseAddress(chain.at(-1 - env().TRUST_PROXY) ?? chain[0] ?? '') ?? parseAddress(remote);
  return seen?.toString() ?? '';
}

/**
 * Whether the request was sent on this very machine, through no proxy or tunnel. The settings and the socket decide: behind a
 * proxy, or with an address that others open, nobody is. What the headers say can only take it away: a name that is not
 * loopback's (a page elsewhere whose name leads here), or that somebody passed it on. (Next.js adds an X-Forwarded-For of its
 * own, which is the socket's address.)
 */
export function isFromThisMachine(headers: Headers): boolean {
  if (env().TRUST_PROXY > 0 || !isLoopbackUrl(env().PUBLIC_URL)) return false;
  const remote = parseAddress(headers.get(addressHeader) ?? '');
  if (!remote || !isLoopback(remote)) return false;
  const forwardedFor = headers.get('x-forwarded-for');
  const passedOn = ['forwarded', 'via', 'x-real-ip'].some((name) => headers.has(name));
  if (passedOn || (forwardedFor !== null && parseAddress(forwardedFor)?.toString() !== remote.toString())) return false;
  return isLoopbackUrl(`http://${headers.get('host') || 'nowhere.invalid'}`);
}

/** Whom to count: an IPv6 customer holds a whole /64, so all of it is one. */
export function addressSubject(address: string): string {
  const parsed = parseAddress(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed?.toString() ?? address;
  return `${parsed.parts
    .slice(0, 4)
    .map((part) => part.toString(16))
    .join(':')}::/64`;
}

const isLoopback = (address: ipaddr.IPv4 | ipaddr.IPv6) => address.range() === 'loopback';

/** None is this machine's, too. */
function isLoopbackUrl(url: string): boolean {
  if (url === '') return true;
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  const address = parseAddress(hostname);
  return address ? isLoopback(address) : hostname === 'localhost';
}

/** As proxies write it: maybe quoted, in brackets, with a port or a zone. IPv4 in IPv6 is the IPv4 one. Null when it is none. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | null {
  const bare = text.trim().slice(0, 100).replaceAll('"', '');
  const [, host = bare] = /^\[(.*)\](?::\d+)?$/.exec(bare) ?? /^([\d.]+):\d+$/.exec(bare) ?? [];
  const plain = host.replace(/%.*$/, '');
  if (!ipaddr.IPv4.isValidFourPartDecimal(plain) && !ipaddr.IPv6.isValid(plain)) return null;
  return ipaddr.process(plain);
}
