'use client';
import { type FormEvent, useState } from 'react';
import { type Translator, useTranslations } from '@/client/intl/translations';
import { type Problems, signIn, useWords } from '@/components/accounts/credentials';
import { useFirstField } from '@/components/accounts/first-field';
import { FormProblem } from '@/components/accounts/form-problem';
import { PasswordField } from '@/components/accounts/password-field';
import { useTypedBefore } from '@/components/accounts/typed-before';
import { Button } from '@/components/ui/button';
import { Field, useFocusProblem } from '@/components/ui/field';
import { Input } from '@/components/ui/input';

interface Props {
  email?: string;
  problem?: string;
  onSignedIn: () => void;
}

export function SignInForm({ email: knownEmail = '', problem, onSignedIn }: Props) {
  const t = useTranslations('accounts');
  const words = useWords();
  const [email, setEmail] = useState(knownEmail);
  const [password, setPassword] = useState('');
  const [problems, setProblems] = useState<Problems>(problem ? { form: problem } : {});
  const fields = useFocusProblem(problems);
  const [busy, setBusy] = useState(false);
  useFirstField(fields);
  useTypedBefore(fields, (name, value) => (name === 'email' ? setEmail : setPassword)(value));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = findMissing(email, password, t);
    if (missing) return setProblems(missing);
    setBusy(true);
    const found = await signIn(email.trim(), password, words);
    if (!found) return onSignedIn();
    setBusy(false);
    setProblems(found);
  };

  return (
    // POST, because a submit before the page's scripts run would put the password into the address.
    <form ref={fields} method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field label={t('email')} error={problems.email}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            required
            maxLength={254}
            autoFocus={!knownEmail}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <PasswordField autoFocus={knownEmail !== ''} value={password} onChange={setPassword} error={problems.password} />
      <FormProblem text={problems.form} />
      <Button type="submit" look="primary" size="large" busy={busy}>
        {t('signIn')}
      </Button>
    </form>
  );
}

function findMissing(email: string, password: string, t: Translator<'accounts'>): Problems | null {
  if (!email.trim()) return { email: t('problems.enterEmail') };
  if (!password) return { password: t('problems.enterPassword') };
  return null;
}
