'use client';
import { useEffect } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { AuthFrame, textLinkClass } from '@/components/accounts/auth-frame';
import { type Provider, Providers } from '@/components/accounts/providers';
import { SignInForm } from '@/components/accounts/sign-in-form';

interface Props {
  providers: Provider[];
  /** a path of this site */
  next: string;
  /** the reason why a provider's sign-in failed */
  problem?: 'denied' | 'notLinked' | 'providerFailed';
}

export function SignInPage({ providers, next, problem }: Props) {
  const t = useTranslations('accounts');
  useEffect(purgeSearch, []);
  return (
    <AuthFrame
      page={t('signInPage')}
      title={t('welcomeBack')}
      text={t('pickUp')}
      footer={t.rich('newHere', {
        link: (text) => (
          <a href={`/register?next=${encodeURIComponent(next)}`} className={textLinkClass}>
            {text}
          </a>
        ),
      })}
    >
      <SignInForm problem={problem && t(`problems.${problem}`)} onSignedIn={() => location.assign(next)} />
      <Providers providers={providers} next={next} />
    </AuthFrame>
  );
}

/** Nobody is signed in here: what this browser holds for searching was of somebody who signed out, or whose session was ended. */
function purgeSearch(): void {
  import('@/client/search/storage').then(({ purge }) => purge()).catch(() => undefined);
}
