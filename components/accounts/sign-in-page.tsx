'use client';
import { AuthFrame, textLinkClass } from '@/components/accounts/auth-frame';
import { type Provider, Providers } from '@/components/accounts/providers';
import { SignInForm } from '@/components/accounts/sign-in-form';

interface Props {
  providers: Provider[];
  /** a path of our own */
  next: string;
  problem?: string;
}

export function SignInPage({ providers, next, problem }: Props) {
  return (
    <AuthFrame
      title="Welcome back"
      text="Sign in to pick up where you left off."
      footer={
        <>
          New here?{' '}
          <a href={`/register?next=${encodeURIComponent(next)}`} className={textLinkClass}>
            Create an account
          </a>
        </>
      }
    >
      <SignInForm problem={problem} onSignedIn={() => location.assign(next)} />
      <Providers providers={providers} next={next} />
    </AuthFrame>
  );
}
