import { headers } from 'next/headers';
import { prisma } from '@/lib/db/prisma';
import { env } from '@/lib/env/env';
import { isFromThisMachine } from '@/lib/rest/address';

/** What the registration form has to ask its visitor for. */
export async function registrationNeeds(): Promise<{ isFirst: boolean; needsInvite: boolean; needsSetupCode: boolean }> {
  const isFirst = (await prisma().user.findFirst({ select: { id: true } })) === null;
  return {
    isFirst,
    needsInvite: !isFirst && !env().OPEN_REGISTRATION,
    needsSetupCode: isFirst && !isFromThisMachine(await headers()),
  };
}

/** Where to go after signing in: a path of our own, never another site. */
export function safeNext(next: string | string[] | undefined): string {
  const path = typeof next === 'string' ? next : '/';
  try {
    const url = new URL(path, 'http://parley.invalid');
    const isOwn = path.startsWith('/') && url.host === 'parley.invalid' && !url.pathname.startsWith('/api/');
    return isOwn ? `${url.pathname}${url.search}` : '/';
  } catch {
    return '/';
  }
}
