'use client';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { Field } from '@/components/ui/field';
import { iconButtonClass } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';

interface Props {
  isNew?: boolean;
  autoFocus?: boolean;
  error?: string;
  value: string;
  onChange: (password: string) => void;
}

export function PasswordField({ isNew = false, autoFocus, error, value, onChange }: Props) {
  const t = useTranslations('accounts');
  const [shown, setShown] = useState(false);
  return (
    <Field label={t('password')} error={error} hint={isNew ? t('passwordHint') : undefined}>
      {(control) => (
        <div className="relative">
          <Input
            {...control}
            name="password"
            type={shown ? 'text' : 'password'}
            autoComplete={isNew ? 'new-password' : 'current-password'}
            required
            autoFocus={autoFocus}
            maxLength={1_000}
            className="pe-11"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <button
            type="button"
            aria-label={t('showPassword')}
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className={`absolute end-0.5 top-0.5 touch:end-0 touch:top-0 ${iconButtonClass}`}
          >
            {shown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
          </button>
        </div>
      )}
    </Field>
  );
}
