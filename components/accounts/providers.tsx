'use client';
import { useState } from 'react';
import { useTranslations } from '@/client/intl/translations';
import { signInWith, useWords } from '@/components/accounts/credentials';
import { FormProblem } from '@/components/accounts/form-problem';
import { Button } from '@/components/ui/button';

export interface Provider {
  id: string;
  name: string;
}

/** The buttons of the sign-in providers, if there are any. */
export function Providers({ providers, next }: { providers: Provider[]; next: string }) {
  const t = useTranslations('accounts');
  const words = useWords();
  const [going, setGoing] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  if (providers.length === 0) return null;

  const go = async (provider: Provider) => {
    setGoing(provider.id);
    const problems = await signInWith(provider.id, next, words);
    if (!problems) return;
    setGoing(null);
    setProblem(problems.form);
  };

  return (
    <div className="mt-5 flex flex-col gap-2 border-line border-t pt-5">
      {providers.map((provider) => (
        <Button
          key={provider.id}
          size="large"
          busy={going === provider.id}
          disabled={going !== null}
          onClick={() => go(provider)}
        >
          {t.rich('continueWith', { provider: provider.name })}
        </Button>
      ))}
      <FormProblem text={problem} />
    </div>
  );
}
