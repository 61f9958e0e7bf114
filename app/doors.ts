import { headers } from 'next/headers';
import { prisma } from '@/lib/platform/db/prisma';
import { env } from '@/lib/platform/env/env';
import { isFromThisMachine } from '@/lib/platform/http/address';

/** What the registration form has to ask its visitor for. */
export async function registrationNeeds(): Promise<{ isFirst: boolean; needsInvite: boolean; needsSetupCode: boolean }> {
  const isFirst = (await prisma().user.findFirst({ select: { id: true } })) === null;
  return {
    isFirst,
    needsInvite: !isFirst && !env().OPEN_REGISTRATION,
    needsSetupCode: isFirst && !isFromThisMachine(await headers()),
  };
}

/**
 * Where to go after signing in: a path of our own, never another site. What is judged is what the browser will make of it, and that
 * is what is used: a path that becomes `//elsewhere` once its dots are gone is another site.
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
