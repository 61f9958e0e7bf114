'use client';
import { AuthFrame, textLinkClass } from '@/components/accounts/auth-frame';
import { type Provider, Providers } from '@/components/accounts/providers';
import { RegisterForm } from '@/components/accounts/register-form';

interface Props {
  providers: Provider[];
  next: string;
  /** nobody is here yet: this person will own the workspace */
  isFirst: boolean;
  needsInvite: boolean;
  needsSetupCode: boolean;
  invite: string;
}

export function RegisterPage({ providers, next, isFirst, ...form }: Props) {
  return (
    <AuthFrame
      title={isFirst ? 'Set up your workspace' : 'Create your account'}
      text={isFirst ? 'You are the first one here, so this workspace will be yours.' : undefined}
      footer={
        isFirst ? null : (
          <>
            Have an account?{' '}
            <a href={`/sign-in?next=${encodeURIComponent(next)}`} className={textLinkClass}>
              Sign in
            </a>
          </>
        )
      }
    >
      <RegisterForm {...form} onRegistered={() => location.assign(next)} />
      {!isFirst && <Providers providers={providers} next={next} />}
    </AuthFrame>
  );
}
