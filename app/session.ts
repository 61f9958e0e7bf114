import { headers } from 'next/headers';
import { cache } from 'react';
import { findSessionFor, type SignedIn } from '@/lib/doors/auth/person';

/** Who looks at the page, asked once a request; null for nobody. */
export const currentPerson = cache(
  async (): Promise<SignedIn | null> => findSessionFor({ cookieHeader: (await headers()).get('cookie') }),
);
