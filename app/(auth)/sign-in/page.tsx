import { redirect } from 'next/navigation';
import { registrationNeeds, safeNext } from '@/app/doors';
import { currentPerson } from '@/app/person';
import { SignInPage } from '@/components/accounts/sign-in-page';
import { providerButtons } from '@/lib/domain/accounts/providers';

export const metadata = { title: 'Sign in · Parley' };

interface Props {
  searchParams: Promise<{ next?: string | string[]; callbackUrl?: string | string[]; error?: string | string[] }>;
}

export default async function SignIn({ searchParams }: Props) {
  const { next, error } = await searchParams;
  const destination = safeNext(next);
  if (await currentPerson()) redirect(destination);
  if ((await registrationNeeds()).isFirst) redirect('/register');
  return <SignInPage providers={providerButtons()} next={destination} problem={wordsFor(error)} />;
}

/** Why a provider sent somebody back. */
function wordsFor(error: string | string[] | undefined): string | undefined {
  if (error === undefined) return undefined;
  if (error === 'OAuthAccountNotLinked')
    return 'There is already an account with that address. Sign in with its password first.';
  if (error === 'AccessDenied') return 'That account may not come in. Ask somebody who is in for an invite.';
  return 'Signing in did not work. Try again.';
}
