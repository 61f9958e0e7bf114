import { headers } from 'next/headers';
import { cache } from 'react';
import type { Me } from '@/lib/domain/users/schema';
import { getMe } from '@/lib/domain/users/user';
import { findSessionFor } from '@/lib/doors/auth/person';

/** The person who requests this page; null when signed out. It is looked up once per request. */
export const currentPerson = cache(async (): Promise<{ userId: string; sessionId: string } | null> => {
  return findSessionFor({ cookieHeader: (await headers()).get('cookie') });
});

/** The person's own user, looked up once per request. */
export const currentMe = cache(async (): Promise<Me | null> => {
  const person = await currentPerson();
  return person && getMe(person.userId);
});
