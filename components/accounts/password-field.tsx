'use client';
import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
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
  const [shown, setShown] = useState(false);
  return (
    <Field label="Password" error={error} hint={isNew ? 'At least 8 characters; a short sentence is best.' : undefined}>
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
            className="pr-11"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <button
            type="button"
            aria-label="Show password"
            aria-pressed={shown}
            onClick={() => setShown(!shown)}
            className={`absolute top-0.5 right-0.5 touch:top-0 touch:right-0 ${iconButtonClass}`}
          >
            {shown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
          </button>
        </div>
      )}
    </Field>
  );
}
