import { isIPv6 } from 'node:net';
import { env } from '@/lib/env/env';

/** The header in which the server hands a request's socket address to the routes. It overwrites what a client sent. */
export const addressHeader = 'x-parley-address';

/** The client's address, as far as TRUST_PROXY lets one believe what proxies said about it. */
export function clientAddress(headers: Headers): string {
  return addressBehindProxies(headers.get(addressHeader) ?? '', headers.get('x-forwarded-for'));
}

/**
 * Each trusted proxy appended the address it saw, so the client's is that many places from the end. What stands before it,
 * anybody may have written.
 * @param remote the socket's own address
 */
export function addressBehindProxies(remote: string, forwardedFor: string | null | undefined): string {
  const hops = (forwardedFor ?? '').split(',').filter((hop) => hop.trim() !== '');
  const chain = [...hops, remote].map(plainAddress);
  return chain.at(-1 - env().TRUST_PROXY) ?? chain[0] ?? '';
}

/**
 * Whether the request was sent on this very machine, through no proxy or tunnel: to a loopback name, from a loopback address,
 * and nothing says it was passed on. (Next.js adds an X-Forwarded-For of its own, which is the socket's address.)
 */
export function isFromThisMachine(headers: Headers): boolean {
  const remote = plainAddress(headers.get(addressHeader) ?? '');
  const forwardedFor = headers.get('x-forwarded-for');
  const passedOn = ['forwarded', 'via', 'x-real-ip'].some((name) => headers.has(name));
  const forwarded = passedOn || (forwardedFor !== null && plainAddress(forwardedFor) !== remote);
  return !forwarded && isLoopback(remote) && isLoopbackHost(headers.get('host') ?? '');
}

/** Whom to count: an IPv6 customer holds a whole /64, so all of it is one. */
export function addressSubject(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head.split(':').filter(Boolean);
  const end = tail?.split(':').filter(Boolean) ?? [];
  const filled =
    tail === undefined ? groups : [...groups, ...Array(Math.max(0, 8 - groups.length - end.length)).fill('0'), ...end];
  return `${filled.slice(0, 4).join(':')}::/64`;
}

const isLoopback = (address: string) => address === '::1' || /^127\.\d+\.\d+\.\d+$/.test(address);

const isLoopbackHost = (host: string) => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i.test(host);

const plainAddress = (address: string) =>
  address
    .trim()
    .replace(/^::ffff:(?=\d+\.)/i, '')
    .slice(0, 45);
