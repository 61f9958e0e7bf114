import { headers } from 'next/headers';
import { cache } from 'react';
import type { Me } from '@/lib/domain/users/schema';
import { getMe } from '@/lib/domain/users/user';
import { findSessionFor } from '@/lib/doors/auth/person';

/** Who asks for this page; null for somebody signed out. Once a request, however many ask. */
export const currentPerson = cache(async (): Promise<{ userId: string; sessionId: string } | null> => {
  return findSessionFor({ cookieHeader: (await headers()).get('cookie') });
});

/** Their own user, looked up once a request. */
export const currentMe = cache(async (): Promise<Me | null> => {
  const person = await currentPerson();
  return person && getMe(person.userId);
});
