import { headers } from 'next/headers';
import { cache } from 'react';
import { findSessionFor } from '@/lib/doors/auth/person';

/** Who asks for this page; null for somebody signed out. Once a request, however many ask. */
export const currentPerson = cache(async (): Promise<{ userId: string; sessionId: string } | null> => {
  return findSessionFor({ cookieHeader: (await headers()).get('cookie') });
});
