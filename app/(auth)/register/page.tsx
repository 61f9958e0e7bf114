import { redirect } from 'next/navigation';
import { currentPerson } from '@/app/person';
import { registrationNeeds, safeNext } from '@/app/registration';
import { RegisterPage } from '@/components/accounts/register-page';
import { providerButtons } from '@/lib/domain/accounts/providers';

interface Props {
  searchParams: Promise<{ next?: string | string[]; invite?: string | string[] }>;
}

export default async function Register({ searchParams }: Props) {
  const { next, invite } = await searchParams;
  const destination = safeNext(next);
  if (await currentPerson()) redirect(destination);
  return (
    <RegisterPage
      {...(await registrationNeeds())}
      providers={providerButtons()}
      next={destination}
      invite={typeof invite === 'string' ? invite : ''}
    />
  );
}
