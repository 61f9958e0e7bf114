'use client';
import { type FormEvent, useState } from 'react';
import { type Translator, useTranslations } from '@/client/intl/translations';
import { type Problems, register, signIn, useWords } from '@/components/accounts/credentials';
import { useFirstField } from '@/components/accounts/first-field';
import { FormProblem } from '@/components/accounts/form-problem';
import { PasswordField } from '@/components/accounts/password-field';
import { useTypedBefore } from '@/components/accounts/typed-before';
import { Button } from '@/components/ui/button';
import { Field, useFocusProblem } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { emailSchema } from '@/lib/domain/users/schema';
import { showsSomething } from '@/lib/platform/text/visible';

interface Props {
  /** the fields that the server requires besides name, e-mail and password */
  needsInvite: boolean;
  needsSetupCode: boolean;
  /** the code in the link */
  invite: string;
  onRegistered: () => void;
}

export function RegisterForm({ needsInvite, needsSetupCode, invite, onRegistered }: Props) {
  const t = useTranslations('accounts');
  const words = useWords();
  const [values, setValues] = useState({ name: '', email: '', password: '', invite, setupCode: '' });
  const [problems, setProblems] = useState<Problems>({});
  const fields = useFocusProblem(problems);
  const [busy, setBusy] = useState(false);
  useFirstField(fields);
  useTypedBefore(fields, (name, value) => setValues((current) => ({ ...current, [name]: value })));
  const set = (name: keyof typeof values) => (value: string) => setValues((current) => ({ ...current, [name]: value }));

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const missing = findMissing(values, needsInvite, needsSetupCode, t);
    if (missing) return setProblems(missing);
    setBusy(true);
    const found = (await register(present(values), words)) ?? (await signIn(values.email.trim(), values.password, words));
    if (!found) return onRegistered();
    setBusy(false);
    setProblems(found);
  };

  const line = (
    name: 'name' | 'email' | 'invite' | 'setupCode',
    label: string,
    more: React.ComponentProps<'input'> & { hint?: string },
  ) => {
    const { hint, ...input } = more;
    return (
      <Field label={label} hint={hint} error={problems[name]}>
        {(control) => (
          <Input
            {...control}
            name={name}
            required
            value={values[name]}
            onChange={(event) => set(name)(event.target.value)}
            {...input}
          />
        )}
      </Field>
    );
  };

  return (
    // POST, because a submit before the page's scripts run would put the password into the address.
    <form ref={fields} method="post" onSubmit={submit} noValidate className="flex flex-col gap-4">
      {needsSetupCode && line('setupCode', t('setupCode'), { autoComplete: 'off', hint: t('setupCodeHint') })}
      {line('name', t('yourName'), { autoComplete: 'name', autoFocus: true, maxLength: 80 })}
      {line('email', t('email'), { type: 'email', autoComplete: 'username', maxLength: 254 })}
      <PasswordField isNew value={values.password} onChange={set('password')} error={problems.password} />
      {needsInvite && line('invite', t('inviteCode'), { autoComplete: 'off', hint: t('inviteHint') })}
      <FormProblem text={problems.form ?? (needsInvite ? undefined : problems.invite)} />
      <Button type="submit" look="primary" size="large" busy={busy}>
        {t('createAccount')}
      </Button>
    </form>
  );
}

type Values = Record<'name' | 'email' | 'password' | 'invite' | 'setupCode', string>;

function findMissing(
  values: Values,
  needsInvite: boolean,
  needsSetupCode: boolean,
  t: Translator<'accounts'>,
): Problems | null {
  const problems: Problems = {};
  if (needsSetupCode && !values.setupCode.trim()) problems.setupCode = t('problems.enterSetupCode');
  if (!showsSomething(values.name)) problems.name = t('problems.enterName');
  if (!emailSchema.safeParse(values.email.trim()).success) problems.email = t('problems.notEmail');
  if ([...values.password].length < 8) problems.password = t('problems.passwordTooShort');
  if (needsInvite && !values.invite.trim()) problems.invite = t('problems.needInvite');
  return Object.keys(problems).length > 0 ? problems : null;
}

/** Leaves out empty values and trims the others, except the password. */
function present(values: Values): Record<string, string> {
  const entries = Object.entries(values).map(([name, value]) => [name, name === 'password' ? value : value.trim()] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
