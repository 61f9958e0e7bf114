'use client';
import { useTranslations } from '@/client/intl/translations';
import { AuthFrame, textLinkClass } from '@/components/accounts/auth-frame';
import { type Provider, Providers } from '@/components/accounts/providers';
import { RegisterForm } from '@/components/accounts/register-form';

interface Props {
  providers: Provider[];
  next: string;
  /** there are no users yet, so this person will own the workspace */
  isFirst: boolean;
  needsInvite: boolean;
  needsSetupCode: boolean;
  invite: string;
}

export function RegisterPage({ providers, next, isFirst, ...form }: Props) {
  const t = useTranslations('accounts');
  return (
    <AuthFrame
      page={t('registerPage')}
      title={isFirst ? t('setUpWorkspace') : t('createYourAccount')}
      text={isFirst ? t('firstHere') : undefined}
      footer={
        isFirst
          ? null
          : t.rich('alreadySignedUp', {
              link: (text) => (
                <a href={`/sign-in?next=${encodeURIComponent(next)}`} className={textLinkClass}>
                  {text}
                </a>
              ),
            })
      }
    >
      <RegisterForm {...form} onRegistered={() => location.assign(next)} />
      {!isFirst && <Providers providers={providers} next={next} />}
    </AuthFrame>
  );
}
