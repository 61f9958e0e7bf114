import { headers } from 'next/headers';
import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { isFromThisMachine } from '@/lib/platform/http/address';

/** Which extra fields the registration form shows. */
export async function registrationNeeds(): Promise<{ isFirst: boolean; needsInvite: boolean; needsSetupCode: boolean }> {
  const isFirst = (await prisma().user.findFirst({ select: { id: true } })) === null;
  return {
    isFirst,
    needsInvite: !isFirst && !env().OPEN_REGISTRATION,
    needsSetupCode: isFirst && !isFromThisMachine(await headers()),
  };
}

/**
 * The path to open after signing in, or `/` when `next` could lead to another site. The path is normalised as a browser does it
 * before the check, and the normalised one is returned: `/.//evil.example` becomes `//evil.example`, which is another site.
 */
export function safeNext(next: string | string[] | undefined): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/';
  const here = 'http://parley.invalid';
  const once = URL.canParse(next, here) ? new URL(next, here) : null;
  if (once?.origin !== here) return '/';
  const path = `${once.pathname}${once.search}`;
  const isSettled = URL.canParse(path, here) && new URL(path, here).href === here + path;
  return isSettled && !/^\/(?:\/|api(?:\/|$))/i.test(decoded(once.pathname)) ? path : '/';
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path).replaceAll('\\', '/');
  } catch {
    return '//';
  }
}
