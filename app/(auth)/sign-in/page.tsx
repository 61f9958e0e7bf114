import { redirect } from 'next/navigation';
import { currentPerson } from '@/app/person';
import { registrationNeeds, safeNext } from '@/app/registration';
import { SignInPage } from '@/components/accounts/sign-in-page';
import { providerButtons } from '@/lib/domain/accounts/providers';

interface Props {
  searchParams: Promise<{ next?: string | string[]; callbackUrl?: string | string[]; error?: string | string[] }>;
}

export default async function SignIn({ searchParams }: Props) {
  const { next, error } = await searchParams;
  const destination = safeNext(next);
  if (await currentPerson()) redirect(destination);
  if ((await registrationNeeds()).isFirst) redirect('/register');
  return <SignInPage providers={providerButtons()} next={destination} problem={problemOf(error)} />;
}

/** The reason why a provider's sign-in failed. */
function problemOf(error: string | string[] | undefined) {
  if (error === undefined) return undefined;
  if (error === 'OAuthAccountNotLinked') return 'notLinked';
  return error === 'AccessDenied' ? 'denied' : 'providerFailed';
}
